/** Where a record stands in its document, and the document's own words: those always in Chinese. */
import type { Cited, Plan } from '../../api/types';
import { titled } from '../../state/language';
import { useAtlas } from '../context';

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

/** In Chinese the number of the section, its title on hovering; in English the title, the Chinese number on hovering. */
export function Sections({ ids, plan }: { ids: readonly string[]; plan: Plan | undefined }) {
  return (
    <span class="sections">
      {ids.map((id, i) => (
        <span key={id}>
          {i > 0 && ' · '}
          <SectionName id={id} plan={plan} />
        </span>
      ))}
    </span>
  );
}

export function SectionName({ id, plan }: { id: string; plan: Plan | undefined }) {
  const { language } = useAtlas();
  const section = plan?.sections.find((one) => one.id === id);
  return language === 'en' && section?.title_en
    ? <span title={id}>{section.title_en}</span>
    : <span lang="zh-CN" title={section?.title}>{id}</span>;
}
