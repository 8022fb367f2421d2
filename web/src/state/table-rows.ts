/**
 * Tables as the page reads them, whatever their records: rows with cells, columns, and facets to narrow
 * them down by. Narrowing, counting and sorting happen here, in one pass over the rows each.
 */
import type { PlaceRef, Term } from '../api/types';
import type { TableName } from './desk';
import { termed, type Language, type Worded } from './language';
import type { SelectionKind } from './selection';
import type { Sort, TableChoice } from './table';
import { keyOf, type Cell, type SortKey } from './table-cell';

export type ColumnId =
  | 'name' | 'industry' | 'stage' | 'due' | 'quantity' | 'places' | 'leads' | 'helps' | 'plan' | 'section' | 'no' | 'baseline' | 'target'
  | 'attribute' | 'kind' | 'township' | 'roles' | 'herbs' | 'accuracy' | 'records' | 'duty' | 'leadsCount' | 'helpsCount' | 'severity'
  | 'statementA' | 'statementB';

export type FacetId =
  | 'industry' | 'stage' | 'due' | 'unit' | 'township' | 'herb' | 'role' | 'kind' | 'plan' | 'severity' | 'attribute' | 'accuracy';

export interface Column<T> {
  id: ColumnId;
  /** Pixels it wants at least. */
  width: number;
  cell: (record: T) => Cell | null;
  /** Where the words of the cell do not sort as they mean. */
  key?: (record: T) => SortKey;
}

export interface Facet<T> {
  id: FacetId;
  /** A record may have several values, or none. */
  values: (record: T) => readonly Term[];
  /** In the order of a vocabulary, the most frequent first, or by name. */
  order: readonly Term[] | 'frequent' | 'name';
}

export interface Model<T> {
  name: TableName;
  kind: SelectionKind;
  /** The first one names the record. */
  columns: readonly Column<T>[];
  facets: readonly Facet<T>[];
  id: (record: T) => string;
  places: (record: T) => readonly PlaceRef[];
  /** Further words by which it is found. */
  words: (record: T) => readonly (string | null)[];
}

export interface Row {
  id: string;
  places: readonly PlaceRef[];
  values: ReadonlyMap<FacetId, readonly Term[]>;
  /** Lower-case words of both languages. */
  haystack: string;
  cell: (column: ColumnId) => Cell | null;
  key: (column: ColumnId, language: Language) => SortKey;
}

export interface Table {
  name: TableName;
  kind: SelectionKind;
  columns: readonly { id: ColumnId; width: number }[];
  facets: readonly { id: FacetId; order: Facet<unknown>['order'] }[];
  rows: readonly Row[];
}

export function tableOf<T>(model: Model<T>, records: readonly T[]): Table {
  const { name, kind, columns, facets } = model;
  const byId = new Map(columns.map((column) => [column.id, column]));
  const rowOf = (record: T): Row => {
    const values = new Map(facets.map((facet) => [facet.id, facet.values(record)] as const));
    const cell: Row['cell'] = (id) => byId.get(id)?.cell(record) ?? null;
    return {
      id: model.id(record), places: model.places(record), values, cell,
      haystack: haystackOf([...columns.map((column) => column.cell(record)), ...model.words(record)]),
      key: (id, language) => {
        const own = byId.get(id)?.key;
        return own ? own(record) : keyOf(cell(id), language);
      },
    };
  };
  return { name, kind, columns, facets, rows: records.map(rowOf) };
}

function haystackOf(parts: readonly (Cell | string | null)[]): string {
  const found: (string | null)[] = parts.flatMap((part) => {
    if (part === null || typeof part === 'string') return [part];
    switch (part.kind) {
      case 'words': return [part.zh, part.en];
      case 'number': return [String(part.value)];
      case 'terms': return part.terms.flatMap(({ zh, en }) => [zh, en]);
      case 'places': return part.places.flatMap(({ name, name_en }) => [name, name_en]);
      case 'units': return part.units.flatMap(({ name, name_en }) => [name, name_en]);
      case 'figure': return [part.figure.written, part.figure.unit];
    }
  });
  return found.filter(Boolean).join('\n').toLowerCase();
}

export interface Narrowed {
  rows: readonly Row[];
  /** How many rows each value of a facet would leave, given all the other filters. */
  counts: ReadonlyMap<FacetId, ReadonlyMap<string, number>>;
}

/** `here`: ids of the rows that concern the place chosen on the map; `null` for all. */
export function narrow(table: Table, sorted: readonly Row[], { filters, words }: TableChoice, here: ReadonlySet<string> | null): Narrowed {
  const wanted = table.facets.flatMap(({ id }) => (filters[id] ? [{ id, values: new Set(filters[id]) }] : []));
  const asked = words.toLowerCase().split(/\s+/).filter(Boolean);
  const counts = new Map(table.facets.map(({ id }) => [id, new Map<string, number>()] as const));
  const count = (row: Row, facet: FacetId): void => {
    const counted = counts.get(facet);
    for (const { id } of row.values.get(facet) ?? []) counted?.set(id, (counted.get(id) ?? 0) + 1);
  };
  const rows = sorted.filter((row) => {
    if ((here && !here.has(row.id)) || !asked.every((word) => row.haystack.includes(word))) return false;
    const missed = wanted.filter(({ id, values }) => !row.values.get(id)?.some((term) => values.has(term.id)));
    if (missed.length === 0) for (const { id } of table.facets) count(row, id);
    // What only its own facet keeps out would come in by another value of that facet.
    else if (missed.length === 1 && missed[0]) count(row, missed[0].id);
    return missed.length === 0;
  });
  return { rows, counts };
}

export interface Option {
  id: string;
  label: Worded;
}

/** Everything that a facet can be narrowed to. The order does not depend on other filters: nothing jumps. */
export function optionsOf(table: Table, facet: Table['facets'][number], language: Language): Option[] {
  const met = new Map<string, { term: Term; times: number }>();
  for (const row of table.rows) {
    for (const term of row.values.get(facet.id) ?? []) {
      const known = met.get(term.id);
      if (known) known.times += 1;
      else met.set(term.id, { term, times: 1 });
    }
  }
  const { compare } = collatorOf(language);
  const found = [...met.values()].map(({ term, times }) => ({ id: term.id, label: termed(language, term), times }));
  const rank = Array.isArray(facet.order) ? new Map(facet.order.map((term: Term, i) => [term.id, i])) : null;
  const last = rank?.size ?? 0;
  return found.sort((a, b) =>
    (rank ? (rank.get(a.id) ?? last) - (rank.get(b.id) ?? last) : facet.order === 'frequent' ? b.times - a.times : 0)
    || compare(a.label.text, b.label.text),
  );
}

const COLLATORS: Partial<Record<Language, Intl.Collator>> = {};

/** Chinese by pinyin, numbers within a name by their value. */
const collatorOf = (language: Language): Intl.Collator =>
  (COLLATORS[language] ??= new Intl.Collator(language === 'zh' ? 'zh-Hans-CN-u-co-pinyin' : 'en', { numeric: true }));

/** Rows with nothing to sort by come last either way; equals keep the order of the plan. */
export function sortRows(table: Table, sort: Sort | null, language: Language): readonly Row[] {
  const column = table.columns.find(({ id }) => id === sort?.column)?.id;
  if (!sort || !column) return table.rows;
  const { compare } = collatorOf(language);
  const turn = sort.descending ? -1 : 1;
  const keyed = table.rows.map((row) => ({ row, key: row.key(column, language) }));
  return keyed
    .sort(({ key: a }, { key: b }) => {
      if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
      return turn * (typeof a === 'number' && typeof b === 'number' ? a - b : compare(String(a), String(b)));
    })
    .map(({ row }) => row);
}

/** Every place that rows name, once. */
export function placesOf(rows: readonly Row[]): PlaceRef[] {
  const met = new Map<string, PlaceRef>();
  for (const row of rows) for (const place of row.places) met.set(place.id, place);
  return [...met.values()];
}
