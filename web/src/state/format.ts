/**
 * Numbers, areas, distances and the figures of a plan as text.
 *
 * A figure of a plan is shown as the document writes it; this adds at most the unit and the sign of
 * comparison that the writing leaves out. Nothing is rounded there; only large Chinese counts of money and
 * land are written out for an English reader, with the original beside them.
 */
import type { Language } from './language';

const LOCALE: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' };

/** Three significant digits, but never fewer than the whole ones: 3 636, 82.4, 6.37. */
export function formatNumber(value: number, language: Language): string {
  const decimals = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: decimals }).format(value);
}

/** All that is known of it: limits of classes and the values they part are written alike. */
export function exactNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: 12 }).format(value);
}

/** km² first; then the unit the reader counts in: 亩 in Chinese, hectares in English. */
export function formatArea(squareMetres: number, language: Language): string {
  const hectares = squareMetres / 10_000;
  const mu = squareMetres * 0.0015;
  const number = (value: number): string => formatNumber(value, language);
  const large = squareMetres >= 1_000_000 ? `${number(squareMetres / 1_000_000)} km²` : `${number(hectares)} ${language === 'zh' ? '公顷' : 'ha'}`;
  const coarse = new Intl.NumberFormat(LOCALE[language], { maximumSignificantDigits: 4 }).format(Math.round(hectares));
  if (language === 'en') return squareMetres >= 1_000_000 ? `${large} (${coarse} ha)` : large;
  return `${large}（${mu >= 10_000 ? `${number(mu / 10_000)} 万亩` : `${number(mu)} 亩`}）`;
}

/** Of an outline that is itself only schematic: two significant digits, no small unit. */
export function formatRoughArea(squareMetres: number, language: Language): string {
  const value = Number((squareMetres / 1_000_000).toPrecision(2));
  return `${about(language)}${new Intl.NumberFormat(LOCALE[language], { maximumSignificantDigits: 2 }).format(value)} km²`;
}

/** Between points that may be kilometres off: whole kilometres. */
export function formatRoughDistance(metres: number, language: Language): string {
  return `${about(language)}${formatNumber(Math.max(1, Math.round(metres / 1000)), language)} km`;
}

const about = (language: Language): string => (language === 'zh' ? '约 ' : 'about ');

export function formatDistance(metres: number, language: Language): string {
  return metres >= 1000 ? `${formatNumber(metres / 1000, language)} km` : `${formatNumber(Math.round(metres), language)} m`;
}

const SIGNS: Record<string, string> = { '>=': '≥', '<=': '≤', '>': '>', '<': '<', '~': '≈' };
const SAYS_COMPARISON = /[≥≤<>＜＞≈~]|以上|以下|以内|不低于|不少于|不超过|左右|约|超过/;

export interface Figure {
  written: string | null;
  comparator: string | null;
  unit: string | null;
}

/** `≥10 %`, `200 亿元`, `95%以上`; `null` when the document gives no figure. */
export function formatFigure({ written, comparator, unit }: Figure): string | null {
  const text = written?.trim();
  if (!text) return null;
  const sign = comparator && !SAYS_COMPARISON.test(text) ? (SIGNS[comparator] ?? '') : '';
  const tail = unit && !text.includes(unit) && !/[一-龥a-zA-Z%‰℃]\s*$/.test(text) ? joined(unit) : '';
  return `${sign}${text}${tail}`;
}

/** Chinese units that English has no word for: what one of them counts, and of what. */
const COUNTS: Record<string, readonly [number, string]> = {
  亿元: [1e8, 'yuan'], 万元: [1e4, 'yuan'], 万亩: [1e4, 'mu'], 亩: [1, 'mu'],
};

/** "200" of 亿元, or "6万亩", as "20 billion yuan" and "60,000 mu"; `null` for whatever else is written. */
export function inEnglish({ written, comparator, unit }: Figure): string | null {
  const [, number, ownUnit] = /^(\d+(?:\.\d+)?)\s*(亿元|万元|万亩|亩)?$/.exec(written?.trim() ?? '') ?? [];
  const [factor, name] = COUNTS[ownUnit ?? unit ?? ''] ?? [];
  if (number === undefined || factor === undefined || name === undefined) return null;
  const value = Number((Number(number) * factor).toPrecision(12));
  const grouped = (count: number): string => new Intl.NumberFormat(LOCALE.en, { maximumFractionDigits: 6 }).format(count);
  const sign = comparator ? (SIGNS[comparator] ?? '') : '';
  if (name === 'yuan' && value >= 1e9) return `${sign}${grouped(value / 1e9)} billion yuan`;
  if (name === 'yuan' && value >= 1e6) return `${sign}${grouped(value / 1e6)} million yuan`;
  return `${sign}${grouped(value)} ${name}`;
}

/** A unit that itself begins with a number ("10,000 mu") is a factor. */
const joined = (unit: string): string => (/^\d/.test(unit) ? ` × ${unit}` : ` ${unit}`);

/** Where the baseline stands on a bar that ends at the larger of both figures; `null` without both. */
export function progress(baseline: number | null, target: number | null): { from: number; to: number } | null {
  if (baseline === null || target === null || baseline < 0 || target < 0) return null;
  const end = Math.max(baseline, target);
  return end === 0 ? null : { from: baseline / end, to: target / end };
}
