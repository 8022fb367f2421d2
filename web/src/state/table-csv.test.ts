import { describe, expect, test } from 'vitest';
import { csvOf } from './table-csv';
import { words } from './table-cell';
import { tableOf } from './table-rows';

const csv = (...names: string[]): string => {
  const table = tableOf({
    name: 'projects', kind: 'project', facets: [], id: (name) => `id of ${name.length}`, places: () => [], words: () => [],
    columns: [{ id: 'name', width: 1, cell: (name: string) => words(name) }],
  }, names);
  return csvOf(table.rows, [{ id: 'name', title: '项目名称' }], '编号', 'zh');
};
const cellOf = (name: string): string => csv(name).split('\r\n')[1]?.replace(/^id of \d+,/, '') ?? '';

describe('rows as csv', () => {
  test('a_spreadsheet_sees_utf_8_a_head_and_a_line_for_each_row', () => {
    expect(csv('张飞庙', '龙缸')).toBe('\uFEFF编号,项目名称\r\nid of 3,张飞庙\r\nid of 2,龙缸\r\n');
  });

  test('commas_quotes_and_breaks_stay_within_their_cell', () => {
    expect(csv('甲,"乙"\n丙')).toContain('"甲,""乙""\n丙"');
  });

  test.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1'])('%j_starts_no_formula', (name) => {
    expect(cellOf(name)).toBe(`'${name}`);
  });

  test.each(['-3.5', '+12%', '200', '≥10 %', '约 5'])('%s_stays_as_it_is', (name) => {
    expect(cellOf(name)).toBe(name);
  });
});
