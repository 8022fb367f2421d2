/** Which sections of the plans a panel rests on, and how many of its records stand in each. */
import type { Citation } from '../../api/types';
import { titled } from '../../state/language';
import { useAtlas } from '../context';
import { SectionName } from './Cite';
import { Section } from './Section';

export function Citations({ citations }: { citations: readonly Citation[] }) {
  const { atlas, language, words } = useAtlas();
  const plans = atlas.plans.filter((plan) => citations.some((citation) => citation.plan === plan.id));
  return (
    <Section title={words.citations} count={citations.length} open={false}>
      {plans.map((plan) => (
        <div key={plan.id} class="inherited">
          <h4>{words.fromDocument(titled(language, plan).text)}</h4>
          <ul class="plain-list">
            {citations.filter((citation) => citation.plan === plan.id).map((citation) => (
              <li key={citation.section}>
                <SectionName plan={plan} id={citation.section} /> <span class="aside">{language === 'zh' && plan.sections.find(({ id }) => id === citation.section)?.title} · {words.citationsCount(citation.records)}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}
