/** What a printed map carries in its margins: cartouche with sources, scale and review number; north; controls. */
import type { Plan } from '../api/types';
import { titled } from '../state/language';
import { scaleBar } from '../state/scale';
import { useAtlas } from './context';
import { W } from './parts';

export function Furniture() {
  const { atlas, store, language, words } = useAtlas();
  const schematic = atlas.layers.some((layer) => layer.accuracies.schematic);
  const bearing = store.view.value?.bearing ?? 0;
  const command = (by: 1 | -1): void => void (store.command.value = { type: 'zoom', by });
  return (
    <div class="furniture">
      <div class="controls" role="group" aria-label={words.mapControls}>
        <button type="button" aria-label={words.zoomIn} title={words.zoomIn} onClick={() => command(1)}><span aria-hidden="true">+</span></button>
        <button type="button" aria-label={words.zoomOut} title={words.zoomOut} onClick={() => command(-1)}><span aria-hidden="true">−</span></button>
        <button type="button" aria-label={words.wholeAtlas} title={words.wholeAtlas} onClick={() => (store.command.value = { type: 'fit', bounds: [...atlas.bounds], maxZoom: 18 })}>
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" /></svg>
        </button>
        <button type="button" class="compass" aria-label={words.north} title={words.north} onClick={() => (store.command.value = { type: 'north' })}>
          <svg viewBox="0 0 24 30" aria-hidden="true" style={{ transform: `rotate(${-bearing}deg)` }}>
            <path d="M12 9 17 28l-5-4z" fill="currentColor" /><path d="M12 9 7 28l5-4z" fill="none" stroke="currentColor" />
            <text x="12" y="7.5" text-anchor="middle">{words.northMark}</text>
          </svg>
        </button>
      </div>
      <section class="cartouche" aria-label={words.cartouche}>
        <p class="cartouche-title"><W of={titled(language, atlas)} /></p>
        <ul class="cartouche-plans">
          {atlas.plans.map((plan) => <li key={plan.id}><PlanTitle plan={plan} /></li>)}
        </ul>
        <ScaleBar />
        {schematic && <p>{words.schematicNote}</p>}
        <p>{atlas.review_number ? words.reviewNumber(atlas.review_number) : words.notReviewed}</p>
        {atlas.warnings.length > 0 && (
          <details>
            <summary>{words.warnings(atlas.warnings.length)}</summary>
            <ul lang="zh-CN">{atlas.warnings.map((warning) => <li key={warning}>{warning}</li>)}</ul>
          </details>
        )}
      </section>
    </div>
  );
}

/** The period is added only where the title does not say it already. */
function PlanTitle({ plan }: { plan: Plan }) {
  const { language } = useAtlas();
  const title = titled(language, plan);
  const years = plan.period?.match(/\d{4}/g) ?? [];
  const said = years.length > 0 && years.every((year) => title.text.includes(year));
  const period = plan.period && !said && (language === 'zh' ? `（${plan.period}）` : ` (${plan.period})`);
  return <><W of={title} />{period}</>;
}

/** Four alternating fields, as printed scales have them. */
function ScaleBar() {
  const { store } = useAtlas();
  const view = store.view.value;
  if (!view) return null;
  const { metres, pixels } = scaleBar(view.lat, view.zoom, 150);
  const written = (value: number): string => (metres >= 1000 ? `${value / 1000}` : `${value}`);
  const unit = metres >= 1000 ? 'km' : 'm';
  const field = pixels / 4;
  return (
    <svg class="scale" width={pixels + 44} height="24" role="img" aria-label={`${written(metres)} ${unit}`}>
      <g transform="translate(6 15)">
        <rect width={pixels} height="5" fill="#fffaf0" stroke="#2b2620" />
        <rect width={field} height="5" fill="#2b2620" />
        <rect x={field * 2} width={field} height="5" fill="#2b2620" />
        <text x="0" y="-4" text-anchor="middle">0</text>
        <text x={pixels / 2} y="-4" text-anchor="middle">{written(metres / 2)}</text>
        <text x={pixels} y="-4" text-anchor="middle">{written(metres)}</text>
        <text x={pixels + 11} y="-4">{unit}</text>
      </g>
    </svg>
  );
}
