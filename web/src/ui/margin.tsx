/** The parts of a map's margin that screen and paper share: scale, north, plans, review number, sources. */
import type { Plan } from '../api/types';
import { groundOf } from '../state/basemap';
import { pick, termed, titled, type Worded } from '../state/language';
import { effectiveChoice, isVisible } from '../state/layers';
import { scaleBar } from '../state/scale';
import type { View } from '../state/url';
import { useAtlas, useText } from './context';
import { W } from './parts';
import { settingsText } from './text/settings';

/** The period is added only where the title does not say it already. */
export function PlanTitle({ plan }: { plan: Plan }) {
  const { language } = useAtlas();
  const title = titled(language, plan);
  const years = plan.period?.match(/\d{4}/g) ?? [];
  const said = years.length > 0 && years.every((year) => title.text.includes(year));
  const period = plan.period && !said && (language === 'zh' ? `（${plan.period}）` : ` (${plan.period})`);
  return <><W of={title} />{period}</>;
}

/** Four alternating fields, as printed scales have them; `enlarged` where the picture is shown larger than it was drawn. */
export function ScaleBar({ view, longest, enlarged = 1 }: { view: View; longest: number; enlarged?: number }) {
  const { metres, pixels: drawn } = scaleBar(view.lat, view.zoom, longest / enlarged);
  const pixels = drawn * enlarged;
  const written = (value: number): string => (metres >= 1000 ? `${value / 1000}` : `${value}`);
  const unit = metres >= 1000 ? 'km' : 'm';
  const field = pixels / 4;
  return (
    <svg class="scale" width={pixels + 44} height="24" role="img" aria-label={`${written(metres)} ${unit}`}>
      <g transform="translate(6 15)">
        <rect width={pixels} height="5" class="scale-paper" />
        <rect width={field} height="5" />
        <rect x={field * 2} width={field} height="5" />
        <text x="0" y="-4" text-anchor="middle">0</text>
        <text x={pixels / 2} y="-4" text-anchor="middle">{written(metres / 2)}</text>
        <text x={pixels} y="-4" text-anchor="middle">{written(metres)}</text>
        <text x={pixels + 11} y="-4">{unit}</text>
      </g>
    </svg>
  );
}

export function Compass({ bearing }: { bearing: number }) {
  const { words } = useAtlas();
  return (
    <svg viewBox="0 0 24 30" aria-hidden="true" style={{ transform: `rotate(${-bearing}deg)` }}>
      <path d="M12 9 17 28l-5-4z" fill="currentColor" /><path d="M12 9 7 28l5-4z" fill="none" stroke="currentColor" />
      <text x="12" y="7.5" text-anchor="middle">{words.northMark}</text>
    </svg>
  );
}

function useGround() {
  const { atlas, store } = useAtlas();
  return groundOf(atlas, store.ground.value, store.settings.keys.value);
}

/** Review numbers of the atlas and of the ground it lies on. */
export function Review() {
  const { atlas, language, words } = useAtlas();
  const own = useText(settingsText);
  const ground = useGround();
  return (
    <>
      <p>{atlas.review_number ? words.reviewNumber(atlas.review_number) : words.notReviewed}</p>
      {ground && (
        <p class="cartouche-ground">
          <W of={pick(language, ground.attribution || ground.title, ground.attribution_en || ground.title_en)} />
          {ground.review_number && ` · ${own.reviewOf(ground.review_number)}`}
        </p>
      )}
    </>
  );
}

/** Where what is visible comes from: the plans, the sources of the layers, the ground. */
export function useSources(): Worded[] {
  const { atlas, store, language } = useAtlas();
  const ground = useGround();
  const { left, right } = store.swipe.value ?? {};
  const choice = left && right ? { ...left.layers, ...right.layers } : effectiveChoice(store.layers.value, atlas.layers);
  const terms = atlas.layers.filter((layer) => isVisible(choice, layer.id))
    .flatMap(({ sources }) => sources);
  const once = [...new Map(terms.map((term) => [term.id, term])).values()];
  return [
    ...atlas.plans.map((plan) => titled(language, plan)),
    ...once.map((term) => termed(language, term)),
    ...(ground ? [pick(language, ground.attribution || ground.title, ground.attribution_en || ground.title_en)] : []),
  ];
}

export function Sources({ open = false }: { open?: boolean }) {
  const words = useText(settingsText);
  const sources = useSources();
  return (
    <details open={open} class="cartouche-sources">
      <summary>{words.sources}</summary>
      <ul>{sources.map((source) => <li key={source.text}><W of={source} /></li>)}</ul>
    </details>
  );
}
