/** The filters of the dashboard: words, industry, binding or anticipated; each with what it would leave. */
import type { Facet, IndicatorChoice } from '../../../state/indicator-list';
import { termed } from '../../../state/language';
import { useAtlas, useText } from '../../context';
import { W } from '../../parts';
import { targetsText } from '../../text/targets';

export function IndicatorFilters({ choice, change, industries, attributes }: {
  choice: IndicatorChoice; change: (next: IndicatorChoice) => void; industries: readonly Facet[]; attributes: readonly Facet[];
}) {
  const words = useText(targetsText);
  return (
    <search class="indicator-filters">
      <input
        type="search" aria-label={words.filter} placeholder={words.filterPlaceholder} value={choice.words} maxLength={60}
        onInput={(event) => change({ ...choice, words: event.currentTarget.value })}
      />
      <Facets label={words.industry} facets={industries} chosen={choice.industry} choose={(industry) => change({ ...choice, industry })} />
      <Facets label={words.attribute} facets={attributes} chosen={choice.attribute} choose={(attribute) => change({ ...choice, attribute })} />
    </search>
  );
}

function Facets({ label, facets, chosen, choose }: {
  label: string; facets: readonly Facet[]; chosen: string | null; choose: (id: string | null) => void;
}) {
  const { language } = useAtlas();
  const words = useText(targetsText);
  if (facets.length < 2) return null;
  return (
    <div class="facets" role="group" aria-label={label}>
      <button type="button" aria-pressed={chosen === null} onClick={() => choose(null)}>{words.all}</button>
      {facets.map(({ term, count }) => (
        <button key={term.id} type="button" aria-pressed={chosen === term.id} onClick={() => choose(chosen === term.id ? null : term.id)}>
          <W of={termed(language, term)} /> <span class="count">{count}</span>
        </button>
      ))}
    </div>
  );
}
