/** Which layers the link opens. */
import { titled } from '../../state/language';
import { useAtlas, useText } from '../context';
import { W } from '../parts';
import { shareText } from '../text/share';
import type { Drafting } from './useDraft';

export function LayerTicks({ drafting: { draft: { layers }, shown, change } }: { drafting: Drafting }) {
  const { atlas, language } = useAtlas();
  const words = useText(shareText);
  const tick = (ids: readonly string[]): void => change({ layers: ids });
  // Always in the order of the atlas, which is that of the map.
  const toggle = (id: string): void => tick(atlas.layers.map((layer) => layer.id).filter((one) => (one === id) !== layers.includes(one)));
  return (
    <fieldset class="export-field">
      <legend>{words.layers}</legend>
      <p class="export-quick">
        <button type="button" class="button quiet" onClick={() => tick(shown)}>{words.shown}</button>
        <button type="button" class="button quiet" onClick={() => tick(atlas.layers.map(({ id }) => id))}>{words.all}</button>
        <button type="button" class="button quiet" onClick={() => tick([])}>{words.none}</button>
      </p>
      <ul class="export-ticks">
        {atlas.layers.map((layer) => (
          <li key={layer.id}>
            <label>
              <input type="checkbox" checked={layers.includes(layer.id)} onChange={() => toggle(layer.id)} />
              <span><W of={titled(language, layer)} /></span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
