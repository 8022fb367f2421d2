import { describe, expect, test } from 'vitest';
import type { PlaceRef, Term } from '../api/types';
import { WHOLE_TABLE, type TableChoice } from './table';
import { places, terms, words } from './table-cell';
import { narrow, optionsOf, placesOf, sortRows, tableOf, type Facet, type Model, type Row } from './table-rows';

interface Thing {
  id: string;
  name: string;
  en?: string;
  colour: string[];
  size: string | null;
  places?: string[];
}

const term = (id: string): Term => ({ id, zh: id, en: `${id} in English` });
const place = (id: string): PlaceRef => ({ id, name: id, name_en: null, kind: term('township'), accuracy: null, county: null, point: null });

const THINGS: Thing[] = [
  { id: '1', name: '张飞庙', colour: ['红'], size: '大', places: ['a', 'b'] },
  { id: '2', name: '堰坪镇', colour: ['红', '绿'], size: '小', places: ['b'] },
  { id: '3', name: '龙缸', en: 'Longgang', colour: ['绿'], size: '大' },
  { id: '4', name: '专栏10', colour: [], size: null },
  { id: '5', name: '专栏2', colour: ['红'], size: '小' },
];

const model = (order: Facet<Thing>['order'] = 'frequent'): Model<Thing> => ({
  name: 'projects', kind: 'project',
  columns: [
    { id: 'name', width: 100, cell: ({ name, en }) => words(name, en ?? null) },
    { id: 'stage', width: 100, cell: ({ size }) => (size ? terms(term(size)) : null), key: ({ size }) => (size ? { 大: 2, 小: 1 }[size] ?? null : null) },
    { id: 'places', width: 100, cell: (thing) => places((thing.places ?? []).map(place)) },
  ],
  facets: [
    { id: 'industry', values: ({ colour }) => colour.map(term), order },
    { id: 'stage', values: ({ size }) => (size ? [term(size)] : []), order },
  ],
  id: ({ id }) => id,
  places: (thing) => (thing.places ?? []).map(place),
  words: () => [],
});

const table = tableOf(model(), THINGS);
const ids = (rows: readonly Row[]): string[] => rows.map(({ id }) => id);
const chosen = (choice: Partial<TableChoice>, here: ReadonlySet<string> | null = null) => narrow(table, table.rows, { ...WHOLE_TABLE, ...choice }, here);
const countsOf = (facet: 'industry' | 'stage', choice: Partial<TableChoice>) => Object.fromEntries(chosen(choice).counts.get(facet) ?? []);

describe('narrowing down', () => {
  test('without_a_filter_all_rows_are_there_and_every_value_is_counted', () => {
    expect(ids(chosen({}).rows)).toEqual(['1', '2', '3', '4', '5']);
    expect(countsOf('industry', {})).toEqual({ 红: 3, 绿: 2 });
    expect(countsOf('stage', {})).toEqual({ 大: 2, 小: 2 });
  });

  test('values_of_one_facet_widen_and_facets_among_each_other_narrow', () => {
    expect(ids(chosen({ filters: { industry: ['绿'] } }).rows)).toEqual(['2', '3']);
    expect(ids(chosen({ filters: { industry: ['绿', '红'] } }).rows)).toEqual(['1', '2', '3', '5']);
    expect(ids(chosen({ filters: { industry: ['绿', '红'], stage: ['小'] } }).rows)).toEqual(['2', '5']);
  });

  test('a_facet_is_counted_under_the_other_filters_and_not_under_its_own', () => {
    const choice = { filters: { industry: ['绿'] } };
    expect(countsOf('industry', choice)).toEqual({ 红: 3, 绿: 2 });
    expect(countsOf('stage', choice)).toEqual({ 大: 1, 小: 1 });
    const both = { filters: { industry: ['绿'], stage: ['大'] } };
    expect(countsOf('industry', both)).toEqual({ 红: 1, 绿: 1 });
    expect(countsOf('stage', both)).toEqual({ 大: 1, 小: 1 });
  });

  test('the_count_of_a_value_is_the_number_of_rows_once_it_alone_is_chosen', () => {
    for (const words of ['', '专栏', '堰']) {
      for (const stage of [undefined, ['大'], ['小']]) {
        const others = { words, filters: stage ? { stage } : {} };
        for (const value of ['红', '绿']) {
          const rows = chosen({ words, filters: { ...others.filters, industry: [value] } }).rows;
          expect(countsOf('industry', others)[value] ?? 0).toBe(rows.length);
        }
      }
    }
  });

  test('words_are_sought_in_both_languages_in_any_order_and_case', () => {
    expect(ids(chosen({ words: 'LONGG' }).rows)).toEqual(['3']);
    expect(ids(chosen({ words: ' 大 缸 ' }).rows)).toEqual(['3']);
    expect(ids(chosen({ words: '张 龙' }).rows)).toEqual([]);
    expect(ids(chosen({ words: '小 in english' }).rows)).toEqual(['2', '5']);
  });

  test('a_place_chosen_on_the_map_narrows_rows_and_counts', () => {
    const narrowed = chosen({}, new Set(['2', '3']));
    expect(ids(narrowed.rows)).toEqual(['2', '3']);
    expect(Object.fromEntries(narrowed.counts.get('industry') ?? [])).toEqual({ 红: 1, 绿: 2 });
  });

  test('a_facet_of_another_table_is_left_alone_and_an_unknown_value_finds_nothing', () => {
    expect(chosen({ filters: { herb: ['tianma'] } }).rows).toHaveLength(5);
    expect(chosen({ filters: { industry: ['nonsense'] } }).rows).toHaveLength(0);
  });

  test('places_of_rows_come_once_each', () => {
    expect(placesOf(table.rows).map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

describe('the options of a facet', () => {
  const labels = (order: Facet<Thing>['order']) => {
    const of = tableOf(model(order), THINGS);
    return optionsOf(of, of.facets[0]!, 'zh').map(({ id }) => id);
  };

  test('they_stand_by_frequency_by_name_or_as_a_vocabulary_has_them', () => {
    expect(labels('frequent')).toEqual(['红', '绿']);
    expect(labels('name')).toEqual(['红', '绿']);
    expect(labels([term('绿'), term('红')])).toEqual(['绿', '红']);
  });

  test('they_read_in_the_language_of_the_page', () => {
    expect(optionsOf(table, table.facets[0]!, 'en')[0]?.label).toEqual({ text: '红 in English', lang: 'en' });
  });
});

describe('sorting', () => {
  const sorted = (column: string, descending = false): string[] => ids(sortRows(table, { column, descending }, 'zh'));

  test('chinese_names_stand_by_pinyin_and_numbers_in_them_by_value', () => {
    expect(sorted('name')).toEqual(['3', '2', '1', '5', '4']);
    expect(sorted('name', true)).toEqual(['4', '5', '1', '2', '3']);
  });

  test('what_has_no_value_comes_last_either_way_and_equals_keep_their_order', () => {
    expect(sorted('stage')).toEqual(['2', '5', '1', '3', '4']);
    expect(sorted('stage', true)).toEqual(['1', '3', '2', '5', '4']);
  });

  test('an_unknown_column_or_none_keeps_the_order_of_the_plan', () => {
    expect(sorted('herbs')).toEqual(['1', '2', '3', '4', '5']);
    expect(ids(sortRows(table, null, 'zh'))).toEqual(['1', '2', '3', '4', '5']);
  });
});
