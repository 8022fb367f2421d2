/**
 * What stands in one cell of a table: how it reads in each language, and what it is sorted by. Drawing it
 * is up to the page.
 */
import type { OrganisationRef, PlaceRef, Term } from '../api/types';
import { formatFigure, inEnglish, type Figure } from './format';
import { named, pick, termed, type Language, type Worded } from './language';

export type Cell =
  | { kind: 'words'; zh: string; en: string | null }
  | { kind: 'number'; value: number }
  | { kind: 'terms'; terms: readonly Term[] }
  | { kind: 'places'; places: readonly PlaceRef[] }
  | { kind: 'units'; units: readonly OrganisationRef[] }
  | { kind: 'figure'; figure: Figure; unitInEnglish: string | null };

export type SortKey = string | number | null;

export const words = (zh: string | null | undefined, en: string | null = null): Cell | null => (zh ? { kind: 'words', zh, en } : null);
export const terms = (...listed: readonly (Term | null | undefined)[]): Cell | null => {
  const there = listed.filter((term): term is Term => Boolean(term));
  return there.length > 0 ? { kind: 'terms', terms: there } : null;
};
export const places = (listed: readonly PlaceRef[]): Cell | null => (listed.length > 0 ? { kind: 'places', places: listed } : null);
export const units = (listed: readonly OrganisationRef[]): Cell | null => (listed.length > 0 ? { kind: 'units', units: listed } : null);
export const figure = (written: Figure, unitInEnglish: string | null = null): Cell | null =>
  (formatFigure(written) === null ? null : { kind: 'figure', figure: written, unitInEnglish });

export function textOf(cell: Cell | null, language: Language): Worded {
  switch (cell?.kind) {
    case undefined: return { text: '', lang: language };
    case 'words': return pick(language, cell.zh, cell.en);
    case 'number': return { text: String(cell.value), lang: language };
    case 'terms': return listed(cell.terms.map((term) => termed(language, term)), language);
    case 'places': return listed(cell.places.map((place) => named(language, place)), language);
    case 'units': return listed(cell.units.map((unit) => named(language, unit)), language);
    case 'figure': return written(cell.figure, cell.unitInEnglish, language);
  }
}

export function keyOf(cell: Cell | null, language: Language): SortKey {
  if (cell === null) return null;
  return cell.kind === 'number' ? cell.value : textOf(cell, language).text;
}

function listed(parts: readonly Worded[], language: Language): Worded {
  const lang = parts.every((part) => part.lang === 'zh') ? 'zh' : language;
  return { text: parts.map(({ text }) => text).join(language === 'zh' ? '、' : '; '), lang };
}

function written(figure: Figure, unitInEnglish: string | null, language: Language): Worded {
  const original = { text: formatFigure(figure) ?? '', lang: 'zh' } as const;
  if (language === 'zh') return original;
  const english = inEnglish(figure) ?? (unitInEnglish ? formatFigure({ ...figure, unit: unitInEnglish }) : null);
  if (english) return { text: english, lang: /[一-龥]/.test(english) ? 'zh' : 'en' };
  return /[一-龥]/.test(original.text) ? original : { text: original.text, lang: 'en' };
}
