/** The drawer of layers: layers in their groups, and the key to what hollow, hatched and dashed mean. */
import type { Group, Layer } from '../../api/types';
import { effectiveChoice, isVisible, withVisibility } from '../../state/layers';
import { titled } from '../../state/language';
import { useAtlas, useText } from '../context';
import { W } from '../parts';
import { compareText } from '../text/compare';
import { Basemaps } from './Basemaps';
import { LayerRow } from './LayerRow';
import { HatchSwatch, StackSwatch, SymbolSwatch } from './Swatch';

export function LayerPanel() {
  const { atlas, store, words } = useAtlas();
  const compare = useText(compareText);
  const grouped = atlas.groups.map((group) => ({ group, layers: atlas.layers.filter((layer) => layer.group === group.id) }));
  const known = new Set(atlas.groups.map(({ id }) => id));
  const loose = atlas.layers.filter((layer) => !known.has(layer.group));
  return (
    <>
      <Basemaps />
      {store.swipe.value && <p class="notice">{compare.layersHere}</p>}
      {store.layers.value && <p class="layers-reset"><button type="button" class="button quiet" onClick={() => (store.layers.value = null)}>{words.resetLayers}</button></p>}
        {grouped.map(({ group, layers }) => layers.length > 0 && <LayerGroup key={group.id} group={group} layers={layers} />)}
        {loose.length > 0 && <ul class="layer-list">{loose.map((layer) => <LayerRow key={layer.id} layer={layer} />)}</ul>}
        <section class="accuracy-key" aria-label={words.accuracyLegend}>
          <h3>{words.accuracyLegend}</h3>
          <ul class="legend">
            <li><SymbolSwatch symbol="circle" />{words.solid}</li>
            <li><SymbolSwatch symbol="circle" solid={false} />{words.hollow}</li>
            <li><HatchSwatch />{words.hatched}</li>
            <li><StackSwatch />{words.stacked}</li>
          </ul>
        </section>
    </>
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
