/** One layer: shown or not, how many, and on demand its legend, opacity, note and list of places. */
import { useState } from 'preact/hooks';
import type { Layer } from '../../api/types';
import { effectiveChoice, isVisible, withOpacity, withVisibility } from '../../state/layers';
import { pick, titled } from '../../state/language';
import { useAtlas } from '../context';
import { W } from '../parts';
import { LayerBooklet } from './LayerBooklet';
import { LayerPlaces } from './LayerPlaces';
import { ClassSwatch } from './Swatch';

export function LayerRow({ layer }: { layer: Layer }) {
  const { atlas, store, language, words } = useAtlas();
  const [unfolded, setUnfolded] = useState(false);
  const [listed, setListed] = useState(false);
  const choice = effectiveChoice(store.layers.value, atlas.layers);
  const visible = isVisible(choice, layer.id);
  const title = titled(language, layer);
  const located = layer.count - layer.unlocated;
  const note = layer.note || layer.note_en ? pick(language, layer.note ?? layer.note_en ?? '', layer.note_en) : null;
  const change = (next: typeof choice): void => void (store.layers.value = next);

  return (
    <li class={`layer ${visible ? '' : 'off'}`}>
      <div class="layer-head">
        <label class="layer-name">
          <input type="checkbox" checked={visible} onChange={() => change(withVisibility(choice, [layer.id], !visible))} />
          <ClassSwatch layer={layer} color={layer.style.color} symbol={layer.classes[0]?.symbol ?? null} />
          <W of={title} />
        </label>
        <button type="button" class="count-button" aria-expanded={listed} title={layer.unlocated ? words.locatedOf(located, layer.count) : words.places} onClick={() => setListed(!listed)}>
          <span aria-hidden="true">{layer.unlocated ? `${located} / ${layer.count}` : layer.count}</span>
          <span class="visually-hidden">{layer.unlocated ? words.placesLocated(title.text, located, layer.count) : words.placesOf(title.text, layer.count)}</span>
        </button>
        <button type="button" class="fold" aria-expanded={unfolded} aria-label={words.detailsOf(title.text)} title={words.detailsOf(title.text)} onClick={() => setUnfolded(!unfolded)}>
          <svg viewBox="0 0 10 6" aria-hidden="true"><path d="m1 1 4 4 4-4" /></svg>
        </button>
      </div>
      {(unfolded || (visible && layer.classes.length > 1)) && <Legend layer={layer} />}
      {unfolded && (
        <div class="layer-more">
          <label class="opacity">
            <span>{words.opacity}</span>
            <input
              type="range" min="0" max="100" step="5" value={choice[layer.id] ?? 100} disabled={!visible}
              aria-label={words.opacityOf(title.text)}
              onInput={(event) => change(withOpacity(choice, layer.id, Number(event.currentTarget.value)))}
            />
            <output>{choice[layer.id] ?? 100}%</output>
          </label>
          <Accuracies layer={layer} />
          {note && <p class="layer-note"><W of={note} /></p>}
          {layer.count > 0 && <LayerBooklet layer={layer} />}
        </div>
      )}
      {listed && <LayerPlaces layer={layer} />}
    </li>
  );
}

function Legend({ layer }: { layer: Layer }) {
  const { language } = useAtlas();
  if (layer.classes.length === 0) return null;
  return (
    <ul class="legend">
      {layer.classes.map((entry) => (
        <li key={entry.value}>
          <ClassSwatch layer={layer} color={entry.color} symbol={entry.symbol} value={entry.value} />
          <W of={pick(language, entry.label, entry.label_en)} />
          <span class="count">{entry.count}</span>
        </li>
      ))}
    </ul>
  );
}

function Accuracies({ layer }: { layer: Layer }) {
  const { words } = useAtlas();
  const entries = Object.entries(layer.accuracies) as [keyof typeof words.accuracyMarks, number][];
  return (
    <ul class="accuracies">
      {entries.map(([accuracy, count]) => (
        <li key={accuracy}>{words.accuracyMarks[accuracy] ?? accuracy} · <span class="count">{count}</span></li>
      ))}
      {layer.unlocated > 0 && <li>{words.unlocatedCount(layer.unlocated)}</li>}
    </ul>
  );
}
