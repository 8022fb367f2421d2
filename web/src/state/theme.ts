/**
 * A thematic map as the reader chooses it: which measure, narrowed down how, in which classes and
 * colours; and how that is written in a link:
 *
 *     ?theme=projects~jenks~5~ylgnbu~elderly-care~2025
 *     ?theme=herb-kinds~quantile~4~oranges-inverted
 *
 * What the values are and how they fall into classes is `theme-sheet.ts`.
 */
import { signal } from '@preact/signals';
import type { ApiError } from '../api/client';
import { METHODS, type Method } from './classify';
import { PALETTES, type Palette } from './palettes';
import type { ThemeSheet } from './theme-sheet';

export const FEWEST_CLASSES = 3;
export const MOST_CLASSES = 7;

export interface ThemeChoice {
  /** Id of a measure of `/api/themes`. */
  measure: string;
  industry: string | null;
  /** Latest year that counts. */
  year: number | null;
  method: Method;
  classes: number;
  palette: Palette;
  /** Dark for little instead of much. */
  inverted: boolean;
}

/** A measure laid over the places of a layer, ready to be drawn. */
export interface Thematic {
  layer: string;
  /** Colour of each place by id; a place that is missing has no value. */
  colors: Readonly<Record<string, string>>;
  /** What is written on each place: colour is never the only bearer. */
  labels: Readonly<Record<string, string>>;
  /** Radius in pixels of each place that is a point. */
  radii: Readonly<Record<string, number>>;
}

export function createTheming() {
  return {
    /** The last measure whose values came; it stays on the map while the next one is asked for. */
    sheet: signal<ThemeSheet | null>(null),
    /** Two years of one measure in the same classes, while a curtain hangs between them. */
    sides: signal<Readonly<Record<'left' | 'right', ThemeSheet>> | null>(null),
    asking: signal(false),
    failing: signal<ApiError | null>(null),
  };
}

export const firstChoice = (measure: string): ThemeChoice => ({
  measure, industry: null, year: null, method: 'jenks', classes: 5, palette: 'ylgnbu', inverted: false,
});

/** Names of columns may hold the sign that parts the items. */
const kept = (text: string): string => text.replace(/[%~]/g, (sign) => encodeURIComponent(sign).replace('~', '%7E'));

export function encodeTheme(choice: ThemeChoice): string {
  const palette = choice.inverted ? `${choice.palette}-inverted` : choice.palette;
  const items = [kept(choice.measure), choice.method, choice.classes, palette, kept(choice.industry ?? ''), choice.year ?? ''];
  return items.join('~').replace(/~+$/, '');
}

/** What a link leaves out or garbles is as at first; without a measure there is no thematic map. */
export function decodeTheme(text: string | null): ThemeChoice | null {
  const [measure, method, classes, colours, industry, year] = (text ?? '').split('~').map(restored);
  if (!measure) return null;
  const first = firstChoice(measure);
  const [palette, inverted] = (colours ?? '').split('-');
  const count = Number(classes);
  return {
    measure,
    industry: industry || null,
    year: /^\d{4}$/.test(year ?? '') ? Number(year) : null,
    method: METHODS.find((one) => one === method) ?? first.method,
    classes: Number.isInteger(count) && count >= FEWEST_CLASSES && count <= MOST_CLASSES ? count : first.classes,
    palette: PALETTES.find((one) => one === palette) ?? first.palette,
    inverted: inverted === 'inverted',
  };
}

function restored(text: string): string {
  return text.replace(/%25|%7E/gi, (escape) => (escape === '%25' ? '%' : '~'));
}
