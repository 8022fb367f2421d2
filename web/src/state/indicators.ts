/**
 * The arithmetic of indicators: how far the baseline, or a later observation, is from the target. Both
 * figures must stand in the documents; nothing is interpolated, and without a baseline there is no gap.
 *
 * A difference is written with the decimals and the 万 of the figures it comes from.
 */
import type { Target } from '../api/types';
import { formatFigure } from './format';
import type { Language, Worded } from './language';

export type Gap =
  | { kind: 'no-target' | 'no-baseline' | 'same' }
  /** `by` and `share` are as given on `from` and `to`; `share` is `null` where the target is nought. */
  | { kind: 'rise' | 'fall' | 'reached'; by: number; share: number | null };

type Figures = Pick<Target, 'baseline' | 'baseline_number' | 'target' | 'target_number' | 'comparator' | 'unit' | 'unit_en'>;

const AT_MOST: readonly string[] = ['<=', '<'];
const AT_LEAST: readonly string[] = ['>=', '>'];

/** From the baseline, or from what was observed since. */
export function gapOf(target: Figures, from: number | null = target.baseline_number): Gap {
  const to = target.target_number;
  if (to === null) return { kind: 'no-target' };
  if (from === null) return { kind: 'no-baseline' };
  if (from === to) return { kind: 'same' };
  const comparator = target.comparator ?? '';
  const beyond = from > to ? AT_LEAST.includes(comparator) : AT_MOST.includes(comparator);
  return { kind: beyond ? 'reached' : from < to ? 'rise' : 'fall', by: difference(from, to), share: to === 0 ? null : from / to };
}

/** Without the noise of binary fractions: 50 − 31.9 is 18.1. */
const difference = (from: number, to: number): number => Number(Math.abs(to - from).toPrecision(12));

/** In per cent of the target, one decimal: what is written is what is drawn. */
export const percent = (share: number): number => Number((share * 100).toFixed(1));

const SCALES: Record<string, number> = { 万: 1e4, 亿: 1e8 };
const scaleOf = (written: string | null): string => /\d\s*([万亿])\s*$/.exec(written ?? '')?.[1] ?? '';

/** The difference in the unit of the indicator; of percentages it is percentage points. */
export function writtenGap(target: Figures, by: number, language: Language): Worded {
  const points = target.unit === '%';
  if (language === 'en') {
    return points ? { text: `${grouped(by)} percentage ${by === 1 ? 'point' : 'points'}`, lang: 'en' } : inEnglish(by, '', target);
  }
  const scale = scaleOf(target.target) === scaleOf(target.baseline) ? scaleOf(target.target) : '';
  const number = `${Number((by / (SCALES[scale] ?? 1)).toPrecision(12))}${scale}`;
  return { text: points ? `${number} 个百分点` : joined(number, target.unit), lang: 'zh' };
}

const SIGNS: Record<string, string> = { '>=': '≥', '<=': '≤', '>': '>', '<': '<' };

/** As the document writes it, with its unit; in English the number it stands for. */
export function writtenFigure(target: Figures, which: 'baseline' | 'target', language: Language): Worded | null {
  const written = target[which];
  const number = target[`${which}_number`];
  const comparator = which === 'target' ? target.comparator : null;
  if (number === null) return written && /[^—–\-/\s]/.test(written) ? { text: written, lang: 'zh' } : null;
  if (language === 'en') return inEnglish(number, SIGNS[comparator ?? ''] ?? '', target);
  const text = formatFigure({ written, comparator, unit: target.unit }) ?? String(number);
  return { text: target.unit && !text.includes(target.unit) ? joined(text, target.unit) : text, lang: 'zh' };
}

const joined = (number: string, unit: string | null): string => (unit ? `${number} ${unit}` : number);

const grouped = (value: number): string => new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6 }).format(value);

/** A unit that begins with a number, "10,000 persons", is a factor: 88 of them are 880,000 persons. */
function inEnglish(value: number, sign: string, { unit, unit_en }: Figures): Worded {
  const english = unit_en ?? '';
  if (!english && unit && !/^个?$/.test(unit)) return { text: `${sign}${joined(grouped(value), unit)}`, lang: 'zh' };
  const [, digits, million, name] = /^([\d,]+)( million)? (.+)$/.exec(english) ?? [];
  if (!digits || !name) return { text: `${sign}${grouped(value)}${english && english !== '%' ? ' ' : ''}${english}`, lang: 'en' };
  const whole = Number((value * Number(digits.replaceAll(',', '')) * (million ? 1e6 : 1)).toPrecision(12));
  const large = name === 'yuan' && (whole >= 1e9 ? [1e9, ' billion'] as const : whole >= 1e6 ? [1e6, ' million'] as const : null);
  return { text: `${sign}${large ? `${grouped(whole / large[0])}${large[1]}` : grouped(whole)} ${name}`, lang: 'en' };
}
