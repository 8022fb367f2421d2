/**
 * Colours that can be told apart with any colour vision, in place of the classes' own. Legend and
 * map both draw from the atlas that leaves here. The first eight are chosen so that no two of them come
 * near each other in the eye of a protanope, deuteranope or tritanope (`safe.test.ts` measures it: twice as
 * far apart as in Okabe and Ito's set, and without its yellow, which fades on paper). Neighbours in a legend differ
 * in lightness as well.
 */
import type { Atlas, Layer } from '../api/types';
import type { Colours } from './settings';

export const SAFE = ['#250c7a', '#e0c83c', '#176b00', '#d48871', '#53000b', '#77cdf0', '#8f4d9c', '#978bff', '#6b6b6b', '#1f7d86'] as const;

const known = new WeakMap<Atlas, Atlas>();

export function dressed(atlas: Atlas, colours: Colours): Atlas {
  if (colours === 'atlas') return atlas;
  const before = known.get(atlas);
  if (before) return before;
  const safe = { ...atlas, layers: atlas.layers.map(safeLayer) };
  known.set(atlas, safe);
  return safe;
}

/** A layer of one colour has nothing to be mistaken for. Two classes share a colour only with different symbols. */
export function safeLayer(layer: Layer): Layer {
  if (layer.classes.length < 2) return layer;
  const taken = new Set<string>();
  const classes = layer.classes.map((entry, i) => {
    const wanted = SAFE.map((_, step) => SAFE[(i + step) % SAFE.length] ?? SAFE[0]);
    const color = wanted.find((one) => !taken.has(`${one} ${entry.symbol ?? ''}`)) ?? SAFE[0];
    taken.add(`${color} ${entry.symbol ?? ''}`);
    return { ...entry, color };
  });
  return { ...layer, classes };
}
