/**
 * The values of a measure put into classes: what the map tints, what the legend says and what the list
 * of places holds, all out of one reckoning, so that they cannot disagree.
 *
 * Ranks keep the levels they have, highest first. Of a count, nought is a class of its own. A place without a value is
 * in no class and says so.
 */
import type { PlaceRef, Theme, ThemeValue } from '../api/types';
import { classify, classOf, type Interval } from './classify';
import { exactNumber } from './format';
import { pick, type Language } from './language';
import { colorsOf } from './palettes';
import type { Thematic, ThemeChoice } from './theme';

export interface ThemeClass {
  kind: 'interval' | 'level' | 'none';
  /** None: left as paper. */
  color: string | null;
  /** Pixels, for points. */
  radius: number;
  count: number;
  label: Readonly<Record<Language, string>> | null;
  /** Stands for a label that is too long to be written on the map. */
  mark: Readonly<Record<Language, string | null>>;
}

export interface ThemeRow {
  place: PlaceRef;
  value: number | null;
  /** Index of its class. */
  of: number;
}

export interface ThemeSheet {
  theme: Theme;
  choice: ThemeChoice;
  classes: readonly ThemeClass[];
  rows: readonly ThemeRow[];
}

/** `basis`: all values that share the classes, where two maps are to be compared; else the map's own. */
export function themeSheet(
  theme: Theme, values: readonly ThemeValue[], choice: ThemeChoice, basis: readonly ThemeValue[] = values,
): ThemeSheet {
  const { classes, find } = theme.scale === 'rank' ? byLevel(theme, choice) : byInterval(theme, numbersOf(basis), choice);
  const none = classes.length;
  const rows = values.map(({ place, value }) => {
    const found = value === null || !Number.isFinite(value) ? -1 : find(value);
    return { place, value: found < 0 ? null : value, of: found < 0 ? none : found };
  });
  const counted = classes.map((one, i) => ({ ...one, count: rows.filter((row) => row.of === i).length }));
  const without = rows.filter((row) => row.of === none).length;
  return {
    theme, choice, rows,
    classes: without ? [...counted, { kind: 'none', color: null, radius: 3, count: without, label: null, mark: UNMARKED }] : counted,
  };
}

type Classing = { classes: ThemeClass[]; find: (value: number) => number };

const numbersOf = (values: readonly ThemeValue[]): number[] =>
  values.flatMap(({ value }) => (value !== null && Number.isFinite(value) ? [value] : []));

function byLevel({ levels }: Theme, choice: ThemeChoice): Classing {
  const sorted = [...levels].sort((a, b) => b.value - a.value);
  const colors = colorsOf(choice.palette, sorted.length, choice.inverted).reverse();
  return {
    classes: sorted.map((level, i) => ({
      kind: 'level', color: colors[i] ?? null, radius: radiusOf(sorted.length - 1 - i, sorted.length), count: 0,
      label: { zh: level.label, en: level.label_en || level.label }, mark: markOf(i, sorted),
    })),
    find: (value) => sorted.findIndex((level) => level.value === value),
  };
}

function byInterval(theme: Theme, numbers: readonly number[], choice: ThemeChoice): Classing {
  const positive = numbers.filter((value) => value > 0);
  const apart = theme.scale === 'count' && positive.length > 0 && positive.length < numbers.length;
  const nought: Interval[] = apart ? [{ from: 0, to: 0, closed: true, count: 0 }] : [];
  const intervals = [...nought, ...classify(apart ? positive : numbers, choice.method, choice.classes - nought.length)];
  const whole = numbers.every(Number.isInteger);
  const colors = colorsOf(choice.palette, intervals.length, choice.inverted);
  return {
    classes: intervals.map((interval, i) => ({
      kind: 'interval', color: colors[i] ?? null, radius: radiusOf(i, intervals.length), count: 0,
      label: { zh: limitsOf(interval, whole, 'zh'), en: limitsOf(interval, whole, 'en') }, mark: UNMARKED,
    })),
    find: (value) => classOf(intervals, value),
  };
}

/** Whole numbers from first to last; others with the sign that says where the upper limit belongs. */
function limitsOf({ from, to, closed }: Interval, whole: boolean, language: Language): string {
  const written = (value: number): string => exactNumber(value, language);
  const last = whole && !closed ? to - 1 : to;
  if (last === from) return written(from);
  return `${written(from)} – ${whole || closed ? '' : '<'}${written(last)}`;
}

/** The highest level is A; in a language that words all levels briefly the words themselves are written. */
function markOf(i: number, levels: Theme['levels']): ThemeClass['mark'] {
  const letter = String.fromCharCode(65 + (i % 26));
  const long = (labels: readonly string[]): boolean => labels.some((label) => widthOf(label) > WORDY);
  return {
    zh: long(levels.map(({ label }) => label)) ? letter : null,
    en: long(levels.map(({ label, label_en }) => label_en || label)) ? letter : null,
  };
}

/** In columns of a Latin letter; a Chinese character takes two. */
export const widthOf = (text: string): number => [...text].reduce((sum, sign) => sum + (sign > '\u2e80' ? 2 : 1), 0);
const WORDY = 14;
const UNMARKED = { zh: null, en: null } as const;

const radiusOf = (i: number, classes: number): number => Math.round(5 + (classes > 1 ? (i * 14) / (classes - 1) : 5));

/** As it is written on the map and in the list; `null` where there is nothing to write. */
export function writtenValue({ levels, scale }: Theme, value: number | null, language: Language): string | null {
  if (value === null) return null;
  const level = scale === 'rank' ? levels.find((one) => one.value === value) : undefined;
  return level ? pick(language, level.label, level.label_en).text : exactNumber(value, language);
}

const WITHOUT = '—';

export function thematicOf({ theme, classes, rows }: ThemeSheet, language: Language): Thematic {
  const colored = rows.filter((row) => classes[row.of]?.color);
  return {
    layer: theme.layer,
    colors: Object.fromEntries(colored.map((row) => [row.place.id, classes[row.of]?.color ?? ''])),
    labels: Object.fromEntries(rows.map((row) => [row.place.id, classes[row.of]?.mark[language] ?? writtenValue(theme, row.value, language) ?? WITHOUT])),
    radii: Object.fromEntries(rows.map((row) => [row.place.id, classes[row.of]?.radius ?? 0])),
  };
}
