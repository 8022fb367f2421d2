/**
 * The order of the sheet, bottom to top. Every drawn layer names its slot; within a slot the atlas's
 * own order of layers decides. Nothing else orders layers. Of two names that collide the upper one stays,
 * so the order of the label slots is also their precedence.
 */
export const SLOTS = [
  'ground',
  'graticule',
  'paper',
  'fill',
  'theme',
  'hatch',
  'outline',
  'band',
  'water',
  'road',
  'border',
  'line',
  'own-area',
  'own-line',
  'theme-mark',
  'found-area',
  'lit-area',
  'reach',
  'label-county',
  'fan',
  'label-note',
  'label-road',
  'label-mark',
  'label-area',
  'label-water',
  'label-theme',
  'mark',
  'own-mark',
  'found-mark',
  'stack',
  'lit-mark',
] as const;

export type Slot = (typeof SLOTS)[number];

export interface Placed<T> {
  slot: Slot;
  spec: T;
}

/** Stable: what shares a slot keeps its order. */
export function inOrder<T>(placed: readonly Placed<T>[]): T[] {
  return SLOTS.flatMap((slot) => placed.filter((item) => item.slot === slot).map((item) => item.spec));
}
