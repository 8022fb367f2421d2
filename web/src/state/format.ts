/**
 * Numbers, areas, distances and the figures of a plan as text.
 *
 * A figure of a plan is shown as the document writes it; this adds at most the unit and the sign of
 * comparison that the writing leaves out. Nothing is converted or rounded there.
 */
import type { Language } from './language';

const LOCALE: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' };

/** Three significant digits, but never fewer than the whole ones: 3 636, 82.4, 6.37. */
export function formatNumber(value: number, language: Language): string {
  const decimals = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: decimals }).format(value);
}

/** km² first; then the unit the reader counts in: 亩 in Chinese, hectares in English. */
export function formatArea(squareMetres: number, language: Language): string {
  const hectares = squareMetres / 10_000;
  const mu = squareMetres * 0.0015;
  const number = (value: number): string => formatNumber(value, language);
  const large = squareMetres >= 1_000_000 ? `${number(squareMetres / 1_000_000)} km²` : `${number(hectares)} ${language === 'zh' ? '公顷' : 'ha'}`;
  if (language === 'en') return squareMetres >= 1_000_000 ? `${large} (${number(hectares)} ha)` : large;
  return `${large}（${mu >= 10_000 ? `${number(mu / 10_000)} 万亩` : `${number(mu)} 亩`}）`;
}

export function formatDistance(metres: number, language: Language): string {
  return metres >= 1000 ? `${formatNumber(metres / 1000, language)} km` : `${formatNumber(Math.round(metres), language)} m`;
}

const SIGNS: Record<string, string> = { '>=': '≥', '<=': '≤', '>': '>', '<': '<', '~': '≈' };
const SAYS_COMPARISON = /[≥≤<>≈~]|以上|以下|以内|不低于|不少于|不超过|左右|约|超过/;

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

/** A unit that itself begins with a number ("10,000 mu") is a factor. */
const joined = (unit: string): string => (/^\d/.test(unit) ? ` × ${unit}` : ` ${unit}`);

/** Where the baseline stands on a bar that ends at the larger of both figures; `null` without both. */
export function progress(baseline: number | null, target: number | null): { from: number; to: number } | null {
  if (baseline === null || target === null || baseline < 0 || target < 0) return null;
  const end = Math.max(baseline, target);
  return end === 0 ? null : { from: baseline / end, to: target / end };
}
