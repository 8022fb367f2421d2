import { describe, expect, it } from 'vitest';
import type { CrsChoice, FormatChoice } from '../api/export';
import type { Drawing } from './board';
import { areasAmong, byDesk, crsFor, encodingFor, formatFor, requestOf, spotOf, type Choice, type Parts } from './export-request';
import { tickedLayers } from './exporting';

const format = (id: string, more: Partial<FormatChoice> = {}): FormatChoice =>
  ({ id, title: id, opens_with: '', opens_with_en: '', encodings: ['utf-8'], any_crs: true, tables: true, ...more });
const CRS: CrsChoice[] = ['EPSG:4326', 'EPSG:4490', 'CGCS2000-GK', 'GCJ-02'].map((id) => ({ id, zh: id, en: id, shifted: id === 'GCJ-02' }));
const choice = (more: Partial<Choice> = {}): Choice =>
  ({ format: format('shp'), layers: ['herbs'], part: 'all', crs: 'EPSG:4490', encoding: 'gbk', records: true, ...more });
const parts = (more: Partial<Parts> = {}): Parts => ({ view: null, township: null, drawn: null, found: null, ...more });

describe('what is asked of the server', () => {
  it('everything_says_no_part', () => {
    expect(requestOf(choice(), parts())).toEqual({ format: 'shp', layers: ['herbs'], crs: 'EPSG:4490', encoding: 'gbk', records: true });
  });

  it('each_part_says_what_it_is', () => {
    expect(requestOf(choice({ part: 'view' }), parts({ view: [108.1, 30.2, 109.3, 31.4] }))).toMatchObject({ bbox: '108.1,30.2,109.3,31.4' });
    expect(requestOf(choice({ part: 'township' }), parts({ township: '500235143' }))).toMatchObject({ within: '500235143' });
    expect(requestOf(choice({ part: 'found' }), parts({ found: new Set(['a', 'b']) }))).toMatchObject({ places: ['a', 'b'] });
    const area = requestOf(choice({ part: 'drawn' }), parts({ drawn: { tool: 'rectangle', bounds: [108, 30, 109, 31] } }));
    expect(area).toMatchObject({ area: { type: 'Polygon', coordinates: [[[108, 30], [109, 30], [109, 31], [108, 31], [108, 30]]] } });
  });

  it('a_circle_goes_as_an_area_with_corners', () => {
    const asked = requestOf(choice({ part: 'drawn' }), parts({ drawn: { tool: 'circle', centre: [108.5, 30.5], metres: 2_000 } }));
    expect(typeof asked !== 'string' && asked.area?.coordinates[0]?.length).toBe(97);
  });

  it('what_is_missing_is_named_before_anybody_is_asked', () => {
    expect(requestOf(choice({ layers: [] }), parts())).toBe('noLayer');
    expect(requestOf(choice({ part: 'view' }), parts())).toBe('noView');
    expect(requestOf(choice({ part: 'township' }), parts())).toBe('noTownship');
    expect(requestOf(choice({ part: 'drawn' }), parts())).toBe('noDrawing');
    expect(requestOf(choice({ part: 'found' }), parts())).toBe('noFound');
    expect(requestOf(choice({ part: 'drawn' }), parts({ drawn: { tool: 'polygon', ring: [[108, 30], [109, 31], [109, 30], [108, 31]] } }))).toBe('crossing');
  });

  it('an_empty_filter_is_still_a_filter', () => {
    expect(requestOf(choice({ part: 'found' }), parts({ found: new Set() }))).toMatchObject({ places: [] });
  });

  it('only_drawings_with_an_inside_are_offered', () => {
    const drawings: Drawing[] = [
      { id: 'a', shape: { tool: 'point', point: [108, 30] } },
      { id: 'b', shape: { tool: 'line', points: [[108, 30], [109, 31]] } },
      { id: 'c', shape: { tool: 'rectangle', bounds: [108, 30, 109, 31] } },
    ];
    expect(areasAmong(drawings).map(({ id }) => id)).toEqual(['c']);
  });
});

describe('formats and reference systems', () => {
  it('a_format_of_degrees_alone_overrules_the_wish_without_forgetting_it', () => {
    expect(crsFor(format('kmz', { any_crs: false }), 'GCJ-02', CRS)).toBe('EPSG:4326');
    expect(crsFor(format('shp'), 'GCJ-02', CRS)).toBe('GCJ-02');
  });

  it('cad_gets_metres_until_somebody_chooses_otherwise', () => {
    expect(crsFor(format('dxf'), null, CRS)).toBe('CGCS2000-GK');
    expect(crsFor(format('dxf'), 'EPSG:4490', CRS)).toBe('EPSG:4490');
    expect(crsFor(format('shp'), null, CRS)).toBe('EPSG:4326');
  });

  it('a_system_that_is_no_longer_offered_is_not_asked_for', () => {
    expect(crsFor(format('shp'), 'EPSG:9999', CRS)).toBe('EPSG:4326');
  });

  it('gbk_is_kept_for_formats_that_know_it', () => {
    expect(encodingFor(format('shp', { encodings: ['utf-8', 'gbk'] }), 'gbk')).toBe('gbk');
    expect(encodingFor(format('gpkg'), 'gbk')).toBe('utf-8');
  });

  it('formats_stand_with_the_programs_that_open_them_and_none_is_dropped', () => {
    const all = ['geojson', 'geojsonseq', 'gpkg', 'shp', 'kml', 'kmz', 'fgb', 'parquet', 'csv', 'xlsx', 'dxf', 'pmtiles', 'brandnew'].map((id) => format(id));
    const groups = byDesk(all).map(({ desk, formats }) => [desk, ...formats.map(({ id }) => id)]);
    expect(groups).toEqual([
      ['office', 'xlsx', 'csv'], ['gis', 'gpkg', 'shp', 'fgb', 'parquet'], ['globe', 'kmz', 'kml'], ['cad', 'dxf'], ['web', 'geojson', 'geojsonseq', 'pmtiles', 'brandnew'],
    ]);
    expect(formatFor(all, null)?.id).toBe('xlsx');
    expect(formatFor(all, 'dxf')?.id).toBe('dxf');
    expect(formatFor([], null)).toBeNull();
  });
});

describe('the rest of the dialog', () => {
  it('a_refusal_stands_where_it_can_be_mended', () => {
    expect(spotOf(422, 'view')).toBe('part');
    expect(spotOf(422, 'all')).toBe('layers');
    expect(spotOf(404, 'township')).toBe('part');
    expect(spotOf(404, 'all')).toBe('layers');
    expect(spotOf(400, 'view')).toBe('form');
    expect(spotOf(0, 'view')).toBe('form');
  });

  it('visible_layers_are_ticked_until_the_reader_ticks_others_or_the_map_shows_others', () => {
    expect(tickedLayers(null, ['a', 'b'])).toEqual(['a', 'b']);
    expect(tickedLayers({ shown: 'a,b', ids: ['c'] }, ['a', 'b'])).toEqual(['c']);
    expect(tickedLayers({ shown: 'a,b', ids: ['c'] }, ['a'])).toEqual(['a']);
  });
});
