/** Which layers go along. */
import { titled } from '../../state/language';
import { useAtlas, useText } from '../context';
import { W } from '../parts';
import { exportText } from '../text/export';
import { Wrong } from './parts';
import type { Refusal } from './refusal';
import type { Chosen } from './useChosen';

export function LayerTicks({ chosen: { layers, shown }, wrong }: { chosen: Chosen; wrong: Refusal | null }) {
  const { atlas, store, language } = useAtlas();
  const words = useText(exportText);
  const tick = (ids: readonly string[]): void => void (store.exporting.layers.value = { shown: shown.join(), ids });
  const toggle = (id: string): void => tick(layers.includes(id) ? layers.filter((one) => one !== id) : [...layers, id]);
  return (
    <fieldset class="export-field">
      <legend>{words.layersOn}</legend>
      <p class="export-quick">
        <button type="button" class="button quiet" onClick={() => tick(shown)}>{words.shownLayers}</button>
        <button type="button" class="button quiet" onClick={() => tick(atlas.layers.map(({ id }) => id))}>{words.allLayers}</button>
        <button type="button" class="button quiet" onClick={() => tick([])}>{words.noLayers}</button>
      </p>
      <Wrong refusal={wrong} />
      <ul class="export-ticks">
        {atlas.layers.map((layer) => (
          <li key={layer.id}>
            <label>
              <input type="checkbox" checked={layers.includes(layer.id)} onChange={() => toggle(layer.id)} />
              <span><W of={titled(language, layer)} /> <span class="count">{layer.count}</span></span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
