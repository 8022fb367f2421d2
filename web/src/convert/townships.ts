/**
 * Townships by what a table calls them: code, name, name after that of the county, English name, or the
 * name without 镇, 乡 or 街道 where only one township is called so. Two of a name are never chosen between.
 */
import type { Fault, Township } from './model';

export type Match =
  | { kind: 'found'; township: Township; byStem: boolean }
  | { kind: 'none'; fault: Extract<Fault, 'unknown-township' | 'ambiguous-township'> };

export type Matcher = (cell: unknown) => Match;

const stemOf = (name: string): string => (name.length > 2 ? name.replace(/(街道办事处|街道|(?:土家族|苗族|回族|[^乡]{1,3}族)?乡|镇)$/, '') : name);
const plain = (text: string): string => text.replace(/\s+/g, '').toLowerCase();

export function matcher(townships: readonly Township[], counties: readonly { id: string; name: string }[]): Matcher {
  const exact = new Map<string, Township[]>();
  const stems = new Map<string, Township[]>();
  const put = (into: Map<string, Township[]>, key: string, township: Township): void => {
    const list = into.get(key) ?? [];
    if (!list.includes(township)) into.set(key, [...list, township]);
  };
  for (const township of townships) {
    const county = counties.find(({ id }) => id === township.county)?.name ?? '';
    const stem = stemOf(township.name);
    for (const before of ['', county, county.replace(/[县区市]$/, '')]) {
      put(exact, plain(before + township.name), township);
      put(stems, plain(before + stem), township);
    }
    put(exact, plain(township.id), township);
    if (township.name_en) put(exact, plain(township.name_en), township);
  }
  return (cell) => {
    // A statistical code of 12 digits begins with that of its township.
    const word = plain(String(cell ?? '')).replace(/^(\d{9})\d{3}$/, '$1').replace(/^.*?[省市](?=.*[县区])/, '').replace(/(街道)办事处$|(镇|乡)(人民)?政府$/, '$1$2');
    if (word === '') return { kind: 'none', fault: 'unknown-township' };
    const named = exact.get(word) ?? [];
    const found = named.length ? named : (stems.get(stemOf(word)) ?? []);
    if (found.length > 1) return { kind: 'none', fault: 'ambiguous-township' };
    const [township] = found;
    return township ? { kind: 'found', township, byStem: named.length === 0 } : { kind: 'none', fault: 'unknown-township' };
  };
}
