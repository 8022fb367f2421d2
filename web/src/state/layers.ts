/**
 * Which layers are drawn and how strongly. `null` means "as the atlas says", so that a plain
 * address follows the data folder and a copied one repeats exactly what was seen.
 */
import type { Layer } from '../api/types';

/** Opacity in per cent of every visible layer; a layer that is not listed is hidden. */
export type LayerChoice = Readonly<Record<string, number>>;

/** Thematic areas are printed as tints of their colour, so that the names on them stay the darkest thing. */
export const AREA_TINT = 0.7;

/** Classes of lines that are a strip of land rather than a course; drawn as wide bands, lest they read as roads. */
export const BANDS: readonly string[] = ['belt', 'corridor'];

export function defaultChoice(layers: readonly Layer[]): LayerChoice {
  return Object.fromEntries(layers.filter((layer) => layer.visible).map((layer) => [layer.id, 100]));
}

export function effectiveChoice(choice: LayerChoice | null, layers: readonly Layer[]): LayerChoice {
  return choice ?? defaultChoice(layers);
}

export function withVisibility(choice: LayerChoice, ids: readonly string[], visible: boolean): LayerChoice {
  const next: Record<string, number> = { ...choice };
  for (const id of ids) {
    if (visible) next[id] ??= 100;
    else delete next[id];
  }
  return next;
}

export function withOpacity(choice: LayerChoice, id: string, percent: number): LayerChoice {
  return { ...choice, [id]: Math.min(100, Math.max(0, Math.round(percent))) };
}

/** Ids that the atlas does not know say nothing; a choice of nothing but such is none. */
export function knownOnly(choice: LayerChoice | null, layers: readonly Layer[]): LayerChoice | null {
  if (!choice) return null;
  const entries = Object.entries(choice);
  const known = entries.filter(([id]) => layers.some((layer) => layer.id === id));
  if (known.length === entries.length) return choice;
  return known.length ? Object.fromEntries(known) : null;
}

export function isVisible(choice: LayerChoice, id: string): boolean {
  return choice[id] !== undefined;
}

/** `townships,herbs~60`: each visible layer, with its opacity in per cent unless that is 100. */
export function encodeLayers(choice: LayerChoice): string {
  return Object.entries(choice).map(([id, opacity]) => (opacity === 100 ? id : `${id}~${opacity}`)).join(',');
}

export function decodeLayers(text: string | null): LayerChoice | null {
  if (text === null) return null;
  const choice: Record<string, number> = {};
  for (const item of text.split(',').filter(Boolean)) {
    const [id = '', percent] = item.split('~');
    const opacity = percent === undefined ? 100 : Number(percent);
    if (id) choice[id] = opacity >= 0 && opacity <= 100 ? opacity : 100;
  }
  return choice;
}
