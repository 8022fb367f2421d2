/** The left-hand panel: layers in their groups, and the key to what hollow, hatched and dashed mean. */
import type { Group, Layer } from '../../api/types';
import { effectiveChoice, isVisible, withVisibility } from '../../state/layers';
import { titled } from '../../state/language';
import { useAtlas } from '../context';
import { W } from '../parts';
import { LayerRow } from './LayerRow';
import { HatchSwatch, StackSwatch, SymbolSwatch } from './Swatch';

export function LayerPanel() {
  const { atlas, store, words } = useAtlas();
  const grouped = atlas.groups.map((group) => ({ group, layers: atlas.layers.filter((layer) => layer.group === group.id) }));
  const known = new Set(atlas.groups.map(({ id }) => id));
  const loose = atlas.layers.filter((layer) => !known.has(layer.group));
  return (
    <nav class="layers sheet" id="layers" aria-label={words.layers} tabIndex={-1}>
      <header class="layers-head">
        <h2>{words.layers}</h2>
        {store.layers.value && <button type="button" class="button quiet" onClick={() => (store.layers.value = null)}>{words.resetLayers}</button>}
        <button type="button" class="icon-button" aria-label={words.hideLayers} onClick={() => (store.layersOpen.value = false)}><span aria-hidden="true">×</span></button>
      </header>
      <div class="layers-body">
        {grouped.map(({ group, layers }) => layers.length > 0 && <LayerGroup key={group.id} group={group} layers={layers} />)}
        {loose.length > 0 && <ul class="layer-list">{loose.map((layer) => <LayerRow key={layer.id} layer={layer} />)}</ul>}
        <section class="accuracy-key" aria-label={words.accuracyLegend}>
          <h3>{words.accuracyLegend}</h3>
          <ul class="legend">
            <li><SymbolSwatch symbol="circle" color="#5d5140" />{words.solid}</li>
            <li><SymbolSwatch symbol="circle" color="#5d5140" solid={false} />{words.hollow}</li>
            <li><HatchSwatch />{words.hatched}</li>
            <li><StackSwatch />{words.stacked}</li>
          </ul>
        </section>
      </div>
    </nav>
  );
}

function LayerGroup({ group, layers }: { group: Group; layers: readonly Layer[] }) {
  const { atlas, store, language, words } = useAtlas();
  const choice = effectiveChoice(store.layers.value, atlas.layers);
  const on = layers.filter((layer) => isVisible(choice, layer.id)).length;
  const title = titled(language, group);
  return (
    <section class="layer-group">
      <h3>
        <label>
          <input
            type="checkbox" aria-label={words.showGroup(title.text)} checked={on === layers.length}
            ref={(box) => void (box && (box.indeterminate = on > 0 && on < layers.length))}
            onChange={() => (store.layers.value = withVisibility(choice, layers.map(({ id }) => id), on < layers.length))}
          />
          <W of={title} />
        </label>
      </h3>
      <ul class="layer-list">{layers.map((layer) => <LayerRow key={layer.id} layer={layer} />)}</ul>
    </section>
  );
}
