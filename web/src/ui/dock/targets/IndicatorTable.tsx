/** One group of indicators as the plan lists them: a table, with the bars of its chart in one of the columns. */
import { useRef } from 'preact/hooks';
import type { Plan, Target } from '../../../api/types';
import type { IndicatorGroup } from '../../../state/indicator-list';
import { gapOf, percent, writtenFigure } from '../../../state/indicators';
import { named, termed, titled } from '../../../state/language';
import { useAtlas, useText } from '../../context';
import { useLighting } from '../../lighting';
import { Disputed } from '../../panel/cards';
import { Several } from '../../panel/Section';
import { PlaceLink, RecordLink, W } from '../../parts';
import { targetsText } from '../../text/targets';
import { Gap } from './Gap';
import { useBars, type Charts } from './useBars';

export function IndicatorTable({ group, charts, most, withPlan }: { group: IndicatorGroup; charts: Charts; most: number; withPlan: boolean }) {
  const { atlas, store, language } = useAtlas();
  const words = useText(targetsText);
  const sheet = useRef<HTMLDivElement>(null);
  const chart = useRef<HTMLDivElement>(null);
  const plan = atlas.plans.find(({ id }) => id === group.plan);
  const title = group.industry ? termed(language, group.industry) : { text: words.loose, lang: language };
  const shares = group.targets.map((target) => {
    const last = [...target.observations].sort((a, b) => b.year - a.year)[0];
    return { share: shareOf(target), later: last ? shareOf(target, last.value) : null };
  });
  useBars({ charts, sheet, chart, shares, most, label: words.chart(title.text), look: `${store.settings.dark.value} ${language}` });
  return (
    <section class="indicators" aria-label={title.text}>
      <h3>
        <W of={title} /> <span class="count">{words.items(group.targets.length)}</span>
        {withPlan && plan && <span class="aside"><W of={titled(language, plan)} /></span>}
      </h3>
      <div class="indicator-sheet" ref={sheet}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="indicator-no">{words.no}</th>
              <th scope="col">{words.name}</th>
              <th scope="col" class="indicator-figure">{words.baseline}</th>
              <th scope="col" class="indicator-figure">{words.target}</th>
              <th scope="col" class="indicator-gap">{words.gap}</th>
              <th scope="col" class="indicator-share" data-column="share">{words.share}</th>
              <th scope="col" class="indicator-projects">{words.projects}</th>
            </tr>
          </thead>
          <tbody>{group.targets.map((target) => <Row key={target.id} target={target} />)}</tbody>
        </table>
        <div class="indicator-chart" ref={chart} />
      </div>
    </section>
  );
}

export function shareOf(target: Target, from?: number): number | null {
  const gap = gapOf(target, from);
  return gap.kind === 'same' ? 1 : 'share' in gap ? gap.share : null;
}

function Row({ target }: { target: Target }) {
  const { atlas, store, language } = useAtlas();
  const words = useText(targetsText);
  const plan = atlas.plans.find(({ id }) => id === target.plan);
  const name = named(language, target);
  const share = shareOf(target);
  const chosen = store.selection.value.kind === 'target' && store.selection.value.id === target.id;
  return (
    <tr {...useLighting(target.places)} {...(chosen && { 'aria-current': 'true' })}>
      <td class="indicator-no">{target.no}</td>
      <th scope="row">
        <p class="indicator-name"><RecordLink kind="target" id={target.id} name={name} places={target.places} /></p>
        <p class="indicator-aside">
          {target.attribute && <span class={`tag ${target.attribute.id === 'binding' ? 'strong' : ''}`}><W of={termed(language, target.attribute)} /></span>}
          <ShortSections ids={target.section} plan={plan} />
        </p>
        <Disputed by={target.discrepancies} />
        {target.places.length > 0 && (
          <div class="indicator-places"><span class="aside">{words.places}</span> <Several list="inline-list" items={target.places} draw={(place) => <li key={place.id}><PlaceLink place={place} /></li>} /></div>
        )}
      </th>
      <Written target={target} which="baseline" />
      <Written target={target} which="target" />
      <td class="indicator-gap"><Gap target={target} /></td>
      <td class="indicator-share">{share !== null && `${percent(share)}%`}</td>
      <td class="indicator-projects">
        {target.projects.length > 0
          ? <button type="button" class="count-button" aria-label={words.projectsOf(name.text, target.projects.length)} onClick={() => store.follow('target', target.id)}>{target.projects.length}</button>
          : 0}
      </td>
    </tr>
  );
}

/** In a table the number of the section must do; English titles begin with it: "Table 1: Main indicators …". */
function ShortSections({ ids, plan }: { ids: readonly string[]; plan: Plan | undefined }) {
  const { language } = useAtlas();
  return (
    <span>
      {ids.map((id, i) => {
        const section = plan?.sections.find((one) => one.id === id);
        const english = language === 'en' && section?.title_en;
        return (
          <span key={id}>
            {i > 0 && ' · '}
            {english ? <span title={english}>{english.split(': ')[0]}</span> : <span lang="zh-CN" title={section?.title}>{id}</span>}
          </span>
        );
      })}
    </span>
  );
}

function Written({ target, which }: { target: Target; which: 'baseline' | 'target' }) {
  const { language } = useAtlas();
  const words = useText(targetsText);
  const written = writtenFigure(target, which, language);
  const year = which === 'baseline' ? target.baseline_year : target.target_year;
  return (
    <td class="indicator-figure">
      {written ? <b><W of={written} /></b> : <span class="gap-none"><span aria-hidden="true">—</span><span class="visually-hidden">{which === 'baseline' ? words.noBaseline : words.noTarget}</span></span>}
      {written && year && <small>{year}</small>}
    </td>
  );
}
