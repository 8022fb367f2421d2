/** Tables: which columns say where, and townships by their names. */
import { describe, expect, test } from 'vitest';
import { coordinate, pair } from './numbers';
import { done, drop, fixture, match, only } from './testing';
import { CGCS2000, gaussKruger, GCJ02, WGS84 } from './reference';
import type { Draft } from './model';
import { candidates } from './candidates';
import { sampleBy } from './read';
import { readWkt } from './formats/wkt';

const tableOf = ({ content }: Draft) => {
  if (content.kind !== 'table') throw new Error('no table');
  return content;
};
const csv = (content: string, name = 'a.csv'): File => new File([content], name);

describe('coordinates as people type them', () => {
  test.each([
    ['108.69332', 108.69332], ['108°41′35.952″', 108.69332], ['东经108度41分35.952秒', 108.69332], ["30°55'58.62\"N", 30.93295],
    ['３０．５', 30.5], ['3,423,746.5', 3423746.5], ['W 108.5°', -108.5], ['十', null], ['', null], ['12a', null],
  ])('%s is %d', (text, value) => {
    const got = coordinate(text);
    if (value === null) expect(got).toBeNull();
    else expect(got).toBeCloseTo(value, 6);
  });

  test('two_in_one_cell', () => {
    expect(pair('108.69,30.93')).toEqual([108.69, 30.93]);
    expect(pair('（108.69，30.93）')).toEqual([108.69, 30.93]);
    expect(pair('云阳')).toBeNull();
  });
});

describe('columns', () => {
  test('degrees_with_minutes_are_found_by_heading_and_a_reference_is_asked_for', async () => {
    const draft = await only(fixture('dms.csv'));
    const { guess, headerReference } = tableOf(draft);
    expect(guess).toEqual({ kind: 'columns', x: 1, y: 2 });
    expect(headerReference).toBeNull();
    expect(() => done(draft)).toThrow();
    const { layer, drawn } = done(draft, { placing: guess, reference: CGCS2000 });
    expect(drawn[0]?.geometry).toEqual({ type: 'Point', coordinates: [108.69332, 30.93295] });
    expect(layer.report.findings).toMatchObject([{ feature: 3, name: '缺坐标', fault: 'no-coordinates', done: 'left-out' }]);
  });

  test('in_a_chinese_survey_x_points_north', async () => {
    const draft = await only(fixture('survey-gbk.csv'));
    expect(draft.decoded).toEqual({ encoding: 'gb18030', how: 'tried' });
    const { guess } = tableOf(draft);
    expect(guess).toEqual({ kind: 'columns', x: 2, y: 1 });
    const [first] = candidates(sampleBy(draft, guess, match), [109, 31]);
    expect(first?.reference).toEqual(gaussKruger(108, 3, true));
    const { drawn } = done(draft, { placing: guess, reference: first?.reference ?? null });
    const [lon = 0, lat = 0] = drawn[0]?.geometry.coordinates as number[];
    expect(Math.hypot(lon - 108.69332, lat - 30.93295)).toBeLessThan(1e-6);
  });

  test('headings_may_name_the_reference', async () => {
    expect(tableOf(await only(csv('name,经度(WGS84),纬度(WGS84)\na,108,30'))).headerReference).toEqual(WGS84);
    expect(tableOf(await only(csv('name,gcj02_lng,gcj02_lat\na,108,30'))).headerReference).toEqual(GCJ02);
  });

  test('wkt_and_pairs', async () => {
    const wkt = await only(csv('名称;WKT\n地块;"POLYGON ((108.7 30.9, 108.8 30.9, 108.8 31, 108.7 30.9))"\n'));
    expect(tableOf(wkt).guess).toEqual({ kind: 'wkt', column: 1 });
    expect(done(wkt, { placing: { kind: 'wkt', column: 1 }, reference: CGCS2000 }).layer.geometry).toBe('polygon');
    expect(tableOf(await only(csv('名称,坐标\n甲,"108.69,30.93"'))).guess).toEqual({ kind: 'pair', column: 1 });
    expect(readWkt('MULTIPOINT ((1 2), (3 4))')?.geometry).toEqual({ type: 'MultiPoint', coordinates: [[1, 2], [3, 4]] });
    expect(readWkt('POINT Z (1 2 3)')).toEqual({ geometry: { type: 'Point', coordinates: [1, 2] }, z: true });
    expect(readWkt('POINT (1 2')).toBeNull();
    expect(readWkt('POLYGON ((1 2, x 4))')).toBeNull();
  });

  test('a_workbook_has_titles_and_formulas_whose_kept_results_count', async () => {
    const draft = await only(fixture('formulas.xlsx'));
    expect(draft.notices).toEqual([{ code: 'formulas', count: 2, empty: 1 }, { code: 'title-rows', count: 1 }]);
    const { table, guess } = tableOf(draft);
    expect(table.header).toEqual(['编号', '项目名称', '经度', '纬度', '投资（万元）']);
    expect(guess).toEqual({ kind: 'columns', x: 2, y: 3 });
    expect(table.rows.map((row) => row[4] ?? null)).toEqual([300, null]);
  });

  test('a_table_that_says_nothing_of_places_is_asked_about', async () => {
    expect(tableOf(await only(csv('a,b\n1,2'))).guess).toBeNull();
  });
});

describe('townships', () => {
  test('by_name_code_county_and_short_name_and_what_is_unclear_is_reported', async () => {
    const draft = await only(fixture('townships.csv'));
    const { guess } = tableOf(draft);
    expect(guess).toEqual({ kind: 'township', column: 0 });
    const { layer, drawn } = done(draft, { placing: guess });
    expect(layer.report.findings.map(({ feature, fault, done: how, detail }) => [feature, fault, how, detail])).toEqual([
      [3, 'township-by-stem', 'kept', '堰坪 → 堰坪镇'], [5, 'ambiguous-township', 'left-out', '青龙'], [6, 'unknown-township', 'left-out', '不存在镇'],
    ]);
    expect(drawn).toHaveLength(4);
    expect(layer.report.notices).toContainEqual({ code: 'seats', count: 4 });
    expect(layer.clustered).toBe(true);
    expect(await layer.data.text()).toContain('"accuracy":"seat"');
  });

  test.each([
    ['500235143000', '500235143'], ['重庆市云阳县堰坪镇', '500235143'], ['云阳堰坪镇', '500235143'], ['堰坪镇人民政府', '500235143'], ['Longjiao Town', '500235106'], ['龙角乡', '500235106'],
  ])('%s is %s', (word, id) => {
    const found = match(word);
    expect(found.kind === 'found' && found.township.id).toBe(id);
  });

  test('one_without_a_seat_is_not_put_anywhere', async () => {
    const { drafts } = await drop([csv('乡镇\n平皋乡\n堰坪镇')]);
    const draft = drafts[0];
    if (!draft) throw new Error('no draft');
    expect(done(draft, { placing: { kind: 'township', column: 0 } }).layer.count).toBe(1);
  });
});
