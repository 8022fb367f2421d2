/**
 * What all tables lean on: which township a place lies in, what a plan is called for short, how a section
 * reads; and the words that the tables add to those of the data, handed in by the page.
 */
import type { Atlas, PlaceListItem, PlaceRef, Term } from '../api/types';
import { words, type Cell, type SortKey } from './table-cell';
import type { Column, Facet } from './table-rows';

/** A place of the list with what the plans make of it. */
export type ListedPlace = PlaceListItem & {
  roles: readonly Term[];
  herbs: readonly Term[];
  /** The township it lies in, or itself. */
  township: Pick<PlaceRef, 'id' | 'name' | 'name_en'> | null;
};

/** Values of facets for which the data has no word. */
export interface OwnTerms {
  unlocated: Term;
  noDeadline: Term;
  dueBy: (year: number) => Term;
  targetKind: (kind: string) => Term;
}

export interface Ground {
  atlas: Atlas;
  own: OwnTerms;
  townships: (places: readonly PlaceRef[]) => Term[];
  plan: (id: string) => Term | null;
}

interface OfPlan {
  plan: string;
  section: string[];
}

export function groundOf(atlas: Atlas, places: readonly ListedPlace[], own: OwnTerms): Ground {
  const townshipOf = new Map<string, Term>();
  const names = new Map<string, ListedPlace>();
  for (const place of places) {
    names.set(place.id, place);
    if (place.township) townshipOf.set(place.id, asTerm(place.township));
  }
  const plans = new Map(atlas.plans.map(({ id, county, title, title_en }) => {
    const place = names.get(county);
    return [id, place ? { ...asTerm(place), id } : { id, zh: title, en: title_en }] as const;
  }));
  return {
    atlas, own,
    townships: (of) => unique(of.flatMap(({ id }) => townshipOf.get(id) ?? [])),
    plan: (id) => plans.get(id) ?? null,
  };
}

const asTerm = ({ id, name, name_en }: { id: string; name: string; name_en: string | null }): Term => ({ id, zh: name, en: name_en ?? '' });

export const unique = (terms: readonly Term[]): Term[] => [...new Map(terms.map((term) => [term.id, term])).values()];

export const some = <T>(...values: readonly (T | null | undefined)[]): T[] => values.filter((value): value is T => value !== null && value !== undefined);

export const planColumn = <T extends { plan: string }>({ plan }: Ground): Column<T> =>
  ({ id: 'plan', width: 84, cell: (record) => words(plan(record.plan)?.zh, plan(record.plan)?.en) });

export const planFacet = <T extends { plan: string }>({ plan }: Ground): Facet<T> =>
  ({ id: 'plan', values: (record) => some(plan(record.plan)), order: 'name' });

export const townshipFacet = <T extends { places: PlaceRef[] }>({ townships }: Ground): Facet<T> =>
  ({ id: 'township', values: ({ places }) => townships(places), order: 'name' });

export const sectionColumn = <T extends OfPlan>(ground: Ground): Column<T> => ({
  id: 'section', width: 170,
  cell: ({ plan, section }) => sectionCell(ground, plan, section),
  key: ({ plan, section }) => sectionKey(ground, plan, section),
});

/** In Chinese the numbers of the sections, in English their titles. */
export function sectionCell({ atlas }: Ground, plan: string, ids: readonly string[]): Cell | null {
  const sections = atlas.plans.find(({ id }) => id === plan)?.sections ?? [];
  const titles = ids.map((id) => sections.find((section) => section.id === id)?.title_en);
  return words(ids.join(' · '), titles.every(Boolean) ? titles.join(' · ') : null);
}

/** In the order of the document. */
export function sectionKey({ atlas }: Ground, plan: string, ids: readonly string[]): SortKey {
  const of = atlas.plans.findIndex(({ id }) => id === plan);
  const at = atlas.plans[of]?.sections.findIndex(({ id }) => id === ids[0]) ?? -1;
  return at < 0 ? null : of * 10_000 + at;
}
