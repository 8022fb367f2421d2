/**
 * Two pictures of the same ground under a curtain, and how they are written in the address:
 *
 *     ?swipe=50*townships,herbs~60:2022*townships,medical:2025
 */
import { decodeLayers, encodeLayers, type LayerChoice } from './layers';

export interface Side {
  layers: LayerChoice;
  /** With a thematic measure: up to which year. */
  year: number | null;
}

export interface Swipe {
  left: Side;
  right: Side;
  /** Where the curtain hangs, 0–100 per cent from the left. */
  at: number;
}

export const SIDES = ['left', 'right'] as const;
export type SideName = (typeof SIDES)[number];

/** Up to which year each side counts; no curtain, no years. */
export const years = (swipe: Swipe | null): [number | null, number | null] => [swipe?.left.year ?? null, swipe?.right.year ?? null];

/** How far an arrow key and a page key draw the curtain. */
export const CURTAIN = { step: 2, leap: 10, middle: 50 } as const;

export const hangAt = (percent: number): number => Math.min(100, Math.max(0, Math.round(percent * 10) / 10));

/** Neither `*` nor `:` can be part of a layer's id, which comes from a file name. */
const encodeSide = ({ layers, year }: Side): string => encodeLayers(layers) + (year === null ? '' : `:${year}`);

export function encodeSwipe({ at, left, right }: Swipe): string {
  return [at, encodeSide(left), encodeSide(right)].join('*');
}

export function decodeSwipe(text: string | null): Swipe | null {
  const [at, left, right] = (text ?? '').split('*');
  if (left === undefined || right === undefined || !Number.isFinite(Number(at))) return null;
  return { at: hangAt(Number(at)), left: decodeSide(left), right: decodeSide(right) };
}

function decodeSide(text: string): Side {
  const [layers = '', year] = text.split(':');
  return { layers: decodeLayers(layers) ?? {}, year: /^\d{4}$/.test(year ?? '') ? Number(year) : null };
}
