/**
 * How the open table is narrowed down and sorted, as the address writes it; pure changes of that choice.
 * What the rows are is not its business (`table-rows.ts`).
 *
 *     ?filter=industry:elderly-care,medical-services;due:2025&words=医院&sort=-due
 */
import type { Dock } from './desk';
import type { Selection } from './selection';

export interface TableChoice {
  /** Facet id → accepted values; a facet that is not listed accepts all. */
  filters: Readonly<Record<string, readonly string[]>>;
  words: string;
  sort: Sort | null;
}

export interface Sort {
  column: string;
  descending: boolean;
}

export const WHOLE_TABLE: TableChoice = { filters: {}, words: '', sort: null };

/** The filter by the place that is chosen on the map; its one value is the id of the place. */
export const HERE = 'place';

/** What separates the parts must not stand in a value. */
const escaped = (value: string): string => value.replace(/[%,;]/g, (mark) => encodeURIComponent(mark));
const unescaped = (value: string): string => value.replace(/%(25|2C|3B)/gi, (mark) => decodeURIComponent(mark));

/** As the parameters of an address. */
export function encodeTable(choice: TableChoice): [name: string, value: string][] {
  const { sort, words } = choice;
  const filters = encodeFilters(choice);
  return [
    ...(filters ? [['filter', filters] as [string, string]] : []),
    ...(words.trim() ? [['words', words.trim()] as [string, string]] : []),
    ...(sort ? [['sort', `${sort.descending ? '-' : ''}${sort.column}`] as [string, string]] : []),
  ];
}

export const decodeTable = (query: URLSearchParams): TableChoice =>
  ({ filters: decodeFilters(query.get('filter')), words: query.get('words') ?? '', sort: decodeSort(query.get('sort')) });

/** What of the choice is a step of its own in the history: neither words nor what the map has chosen. */
export const stepOfTable = (choice: TableChoice): string => encodeFilters(withValues(choice, HERE, [])) ?? '';

function encodeFilters({ filters }: TableChoice): string | null {
  const listed = Object.entries(filters).filter(([, values]) => values.length > 0);
  return listed.map(([facet, values]) => `${facet}:${values.map(escaped).join(',')}`).join(';') || null;
}

function decodeFilters(text: string | null): TableChoice['filters'] {
  const filters: Record<string, readonly string[]> = {};
  for (const part of (text ?? '').split(';')) {
    const [, facet, list] = /^([^:]+):(.+)$/.exec(part) ?? [];
    const values = [...new Set((list ?? '').split(',').filter(Boolean).map(unescaped))];
    if (facet && values.length > 0) filters[facet] = values;
  }
  return filters;
}

function decodeSort(text: string | null): Sort | null {
  const [, minus, column] = /^(-?)([^-].*)$/.exec(text ?? '') ?? [];
  return column ? { column, descending: minus === '-' } : null;
}

export function withValues(choice: TableChoice, facet: string, values: readonly string[]): TableChoice {
  const { [facet]: _, ...others } = choice.filters;
  return { ...choice, filters: values.length > 0 ? { ...others, [facet]: values } : others };
}

export function withToggled(choice: TableChoice, facet: string, value: string): TableChoice {
  const before = choice.filters[facet] ?? [];
  return withValues(choice, facet, before.includes(value) ? before.filter((one) => one !== value) : [...before, value]);
}

export const withoutFilters = (choice: TableChoice): TableChoice => ({ ...choice, filters: {}, words: '' });

/** Ascending, then descending, then the order of the plan again. */
export function withSortBy(choice: TableChoice, column: string): TableChoice {
  const { sort } = choice;
  if (sort?.column !== column) return { ...choice, sort: { column, descending: false } };
  return { ...choice, sort: sort.descending ? null : { column, descending: true } };
}

/** A table that opens while a place is selected begins with what concerns that place. */
export function withPlaceOf(choice: TableChoice, dock: Dock, selection: Selection): TableChoice {
  return withValues(choice, HERE, dock.kind === 'table' && selection.kind === 'place' ? [selection.id] : []);
}
