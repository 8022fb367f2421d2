/**
 * The dark counterpart of every colour of the sheet: light becomes dark and dark light, hue stays.
 * Map (`map/night.ts`) and legends ask here, so that both always show the same.
 */
import { contrast, fromOklch, parseColour, toOklch, writeColour } from './colour';

/** Lightness of what was white, and of what was black. */
const DARKEST = 0.17;
const LIGHTEST = 0.95;
/** Strong colours glare on a dark ground. */
const CALM = 0.9;
/** Above 1 the light colours of lines and symbols stay well above the ground. */
const LIFT = 1.35;

/** What is written lies on a halo of the sheet's own colour (`palette.ts`). */
const NIGHT_PAPER = '#27221b';
const READABLE = 4.5;

const known = new Map<string, string>();

/** Anything that is no colour is given back as it is. */
export function nightOf(colour: string): string {
  const before = known.get(colour);
  if (before !== undefined) return before;
  const parsed = parseColour(colour);
  let night = colour;
  if (parsed) {
    const { l, c, h } = toOklch(parsed);
    night = writeColour(fromOklch({ l: LIGHTEST - (LIGHTEST - DARKEST) * l ** LIFT, c: c * CALM, h }, parsed.a));
  }
  known.set(colour, night);
  return night;
}

/** The same for letters: lightened until they can be read on their halo. */
export function nightInkOf(colour: string): string {
  const night = nightOf(colour);
  const parsed = parseColour(night);
  if (!parsed) return night;
  let { l } = toOklch(parsed);
  const { c, h } = toOklch(parsed);
  let readable = night;
  while (contrast(readable, NIGHT_PAPER) < READABLE && l < LIGHTEST) {
    l += 0.02;
    readable = writeColour(fromOklch({ l, c, h }, parsed.a));
  }
  return readable;
}
