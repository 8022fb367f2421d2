/** What a printed map carries in its margins: cartouche with sources, scale and review number; north; controls. */
import { titled } from '../state/language';
import { useAtlas } from './context';
import { ThemeCartouche } from './drawer/theme/ThemeKey';
import { Compass, PlanTitle, Review, ScaleBar, Sources } from './margin';
import { W } from './parts';

export function Furniture() {
  const { atlas, store, words } = useAtlas();
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
          <Compass bearing={bearing} />
        </button>
      </div>
      <Cartouche />
    </div>
  );
}

function Cartouche() {
  const { atlas, store, language, words } = useAtlas();
  const schematic = atlas.layers.some((layer) => layer.accuracies.schematic);
  return (
    <section class="cartouche" aria-label={words.cartouche}>
      <p class="cartouche-title"><W of={titled(language, atlas)} /></p>
      <ul class="cartouche-plans">
        {atlas.plans.map((plan) => <li key={plan.id}><PlanTitle plan={plan} /></li>)}
      </ul>
      <ThemeCartouche />
      {store.view.value && <ScaleBar view={store.view.value} longest={150} />}
      {schematic && <p class="cartouche-schematic">{words.schematicNote}</p>}
      <Review />
      <Sources />
      {atlas.warnings.length > 0 && (
        <details>
          <summary>{words.warnings(atlas.warnings.length)}</summary>
          <ul lang="zh-CN">{atlas.warnings.map((warning) => <li key={warning}>{warning}</li>)}</ul>
        </details>
      )}
    </section>
  );
}
