import { describe, expect, test } from 'vitest';
import { decodeTable, encodeTable, HERE, stepOfTable, WHOLE_TABLE, withoutFilters, withSortBy, withToggled, withValues, withPlaceOf, type TableChoice } from './table';

const through = (choice: TableChoice): TableChoice => decodeTable(new URLSearchParams(encodeTable(choice)));

describe('the choice of a table in the address', () => {
  test('a_whole_table_says_nothing', () => {
    expect(encodeTable(WHOLE_TABLE)).toEqual([]);
    expect(decodeTable(new URLSearchParams(''))).toEqual(WHOLE_TABLE);
  });

  test('filters_words_and_sorting_survive', () => {
    const choice: TableChoice = {
      filters: { industry: ['elderly-care', 'medical-services'], due: ['2025'], place: ['yunyang:longgang'] },
      words: '医院 新建', sort: { column: 'due', descending: true },
    };
    expect(through(choice)).toEqual(choice);
    expect(encodeTable(choice)[0]).toEqual(['filter', 'industry:elderly-care,medical-services;due:2025;place:yunyang:longgang']);
    expect(encodeTable(choice)[2]).toEqual(['sort', '-due']);
  });

  test('a_value_may_hold_the_marks_that_separate', () => {
    const choice = { ...WHOLE_TABLE, filters: { kind: ['a,b;c%2C', '50%'] } };
    expect(through(choice)).toEqual(choice);
  });

  test.each(['filter=', 'filter=industry', 'filter=industry:', 'filter=:x', 'filter=;;', 'sort=', 'sort=-'])('nonsense_counts_as_absent %s', (query) => {
    expect(decodeTable(new URLSearchParams(query))).toEqual(WHOLE_TABLE);
  });

  test('words_and_what_the_map_has_chosen_make_no_step_of_their_own_in_the_history', () => {
    const filtered = withToggled(WHOLE_TABLE, 'industry', 'general');
    expect(stepOfTable(filtered)).not.toBe(stepOfTable(WHOLE_TABLE));
    expect(stepOfTable({ ...filtered, words: '医' })).toBe(stepOfTable(filtered));
    expect(stepOfTable(withValues(filtered, HERE, ['500235143']))).toBe(stepOfTable(filtered));
  });
});

describe('changing the choice', () => {
  test('a_value_is_switched_on_and_off_and_the_last_one_takes_its_filter_along', () => {
    const one = withToggled(WHOLE_TABLE, 'industry', 'general');
    const two = withToggled(one, 'industry', 'elderly-care');
    expect(two.filters).toEqual({ industry: ['general', 'elderly-care'] });
    expect(withToggled(withToggled(two, 'industry', 'general'), 'industry', 'elderly-care').filters).toEqual({});
  });

  test('a_head_sorts_upwards_then_downwards_then_not_at_all', () => {
    const up = withSortBy(WHOLE_TABLE, 'name');
    expect(up.sort).toEqual({ column: 'name', descending: false });
    const down = withSortBy(up, 'name');
    expect(down.sort).toEqual({ column: 'name', descending: true });
    expect(withSortBy(down, 'name').sort).toBeNull();
    expect(withSortBy(down, 'due').sort).toEqual({ column: 'due', descending: false });
  });

  test('clearing_leaves_the_sorting', () => {
    const choice = { ...withSortBy(withToggled(WHOLE_TABLE, 'industry', 'general'), 'name'), words: '医' };
    expect(withoutFilters(choice)).toEqual({ filters: {}, words: '', sort: { column: 'name', descending: false } });
  });

  test('a_table_opens_on_the_selected_place_and_forgets_it_when_it_is_closed', () => {
    const opened = withPlaceOf(WHOLE_TABLE, { kind: 'table', table: 'projects' }, { kind: 'place', id: '500235143' });
    expect(opened.filters).toEqual({ place: ['500235143'] });
    expect(withPlaceOf(opened, { kind: 'none' }, { kind: 'place', id: '500235143' }).filters).toEqual({});
    expect(withPlaceOf(WHOLE_TABLE, { kind: 'table', table: 'projects' }, { kind: 'project', id: 'PJ001' }).filters).toEqual({});
  });
});
