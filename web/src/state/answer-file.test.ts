import { describe, expect, test } from 'vitest';
import { answerCsv, answerGeojson } from './answer-file';

const ORIGIN = [['问题', '=云阳县里有什么'], ['数据版本', 'abc123']] as const;

describe('an answer as CSV', () => {
  const csv = answerCsv(['名称', '距离（米）'], [['龙缸, "景区"', 120.5], ['@SUM(A1)', null]], ORIGIN);

  test('begins_with_a_byte_order_mark_and_its_head', () => expect(csv.startsWith('\uFEFF名称,距离（米）\r\n')).toBe(true));
  test('quotes_what_needs_quotes', () => expect(csv).toContain('"龙缸, ""景区""",120.5\r\n'));
  test('starts_no_formula_anywhere', () => {
    expect(csv).toContain("'@SUM(A1),\r\n");
    expect(csv).toContain("问题,'=云阳县里有什么\r\n");
  });
  test('says_below_where_it_comes_from', () => expect(csv.endsWith('数据版本,abc123\r\n')).toBe(true));
});

test('an_answer_as_geojson_keeps_the_drawing_and_the_unlocated', () => {
  const drawn: GeoJSON.Feature = { type: 'Feature', geometry: { type: 'Point', coordinates: [1, 2] }, properties: { role: 'drawn' } };
  const file = JSON.parse(answerGeojson([drawn], [{ point: [108, 31], properties: { name: 'a' } }, { point: null, properties: { name: 'b' } }], ORIGIN)) as GeoJSON.FeatureCollection & { origin: object };
  expect(file.origin).toEqual({ 问题: '=云阳县里有什么', 数据版本: 'abc123' });
  expect(file.features.map(({ geometry }) => geometry && (geometry as GeoJSON.Point).coordinates)).toEqual([[1, 2], [108, 31], null]);
});
