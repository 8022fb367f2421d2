/** Where a record stands in its document, and the document's own words. Always in Chinese. */
import type { Cited, Plan } from '../../api/types';
import { titled } from '../../state/language';
import { useAtlas } from '../context';
import { W } from '../parts';

export function Cite({ of, withPlan = false }: { of: Pick<Cited, 'plan' | 'section' | 'quote'>; withPlan?: boolean }) {
  const { atlas, language, words } = useAtlas();
  const plan = atlas.plans.find(({ id }) => id === of.plan);
  return (
    <footer class="cite">
      <p>
        <span class="visually-hidden">{words.section}: </span>
        {withPlan && plan && <span class="cite-plan">{words.fromDocument(titled(language, plan).text)} </span>}
        <Sections ids={of.section} plan={plan} />
      </p>
      {of.quote && <blockquote lang="zh-CN"><span class="visually-hidden">{words.quote}: </span>“{of.quote}”</blockquote>}
    </footer>
  );
}

export function Sections({ ids, plan }: { ids: readonly string[]; plan: Plan | undefined }) {
  return (
    <span class="sections" lang="zh-CN">
      {ids.map((id, i) => (
        <span key={id}>
          {i > 0 && ' · '}
          <span title={plan?.sections.find((section) => section.id === id)?.title}>{id}</span>
        </span>
      ))}
    </span>
  );
}

export function SectionTitle({ plan, id }: { plan: string; id: string }) {
  const { atlas, language } = useAtlas();
  const section = atlas.plans.find((one) => one.id === plan)?.sections.find((one) => one.id === id);
  return section ? <W of={titled(language, section)} /> : null;
}
