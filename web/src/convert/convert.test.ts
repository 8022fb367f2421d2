/** Files as they are dropped, against what GDAL and PROJ say of them (`tests/fixtures/own/make.sh`). */
import { describe, expect, test } from 'vitest';
import { zipSync } from 'fflate';
import { done, drop, fixture, fixtureText, only } from './testing';
import { slice } from './writer';
import { toLonLat } from './project';
import { BD09, CGCS2000, fromEpsg, GCJ02, gaussKruger, isRefusal, type Reference } from './reference';
import type { Draft } from './model';
import { candidates } from './candidates';
import { sampleBy } from './read';
import { match } from './testing';

const fault = async (...files: File[]) => (await drop(files)).failures.map(({ reason }) => reason);
const stated = ({ content }: Draft) => (content.kind === 'features' ? content.stated : null);
const known = (draft: Draft): Reference | null => {
  const found = stated(draft);
  return found?.kind === 'known' ? found.reference : null;
};
const featuresOf = (draft: Draft) => (content(draft)).features;
const content = (draft: Draft) => {
  if (draft.content.kind !== 'features') throw new Error('a table');
  return draft.content;
};
const written = async (draft: Draft, answer = {}) => {
  const { layer } = done(draft, answer);
  return { layer, features: await slice(layer.data, layer.offsets, 0, layer.count) };
};

describe('references', () => {
  const rows = fixtureText('projected.csv').trim().split('\n').slice(1).map((line) => line.split(',').map(Number));
  test.each(rows)('EPSG:%i at %f %f agrees with PROJ to a centimetre', (code, lon, lat, x, y) => {
    const reference = fromEpsg(code ?? 0);
    if (isRefusal(reference)) throw new Error(reference);
    const [gotLon, gotLat] = toLonLat(reference)(x ?? 0, y ?? 0);
    expect(Math.abs(gotLon - (lon ?? 0))).toBeLessThan(1e-7);
    expect(Math.abs(gotLat - (lat ?? 0))).toBeLessThan(1e-7);
  });

  test('northing_first_is_the_same_place', () => {
    const [lon, lat] = toLonLat(gaussKruger(108, 3, true, true))(3423746.652, 36566262.0681);
    expect([lon.toFixed(6), lat.toFixed(6)]).toEqual(['108.693320', '30.932950']);
  });

  test('gcj_02_and_bd_09_of_tiananmen_come_back_to_wgs_84', () => {
    const [lon, lat] = toLonLat(GCJ02)(116.41024449916938, 39.91640428150164);
    expect(Math.hypot(lon - 116.404, lat - 39.915)).toBeLessThan(1e-5);
    const [baiduLon, baiduLat] = toLonLat(BD09)(116.41662724378733, 39.922699552216216);
    expect(Math.hypot(baiduLon - 116.404, baiduLat - 39.915)).toBeLessThan(1e-5);
  });

  test.each([[4214, 'beijing54'], [2437, 'beijing54'], [4610, 'xian80'], [2381, 'xian80'], [27700, 'unknown-code']])('EPSG:%i is refused as %s', (code, why) => {
    expect(fromEpsg(code)).toBe(why);
  });
});

describe('shapefiles', () => {
  test('gauss_krueger_and_gbk_are_read_from_prj_and_cpg', async () => {
    const draft = await only(fixture('areas-gbk-4545.zip'));
    expect(known(draft)).toEqual(gaussKruger(108, 3, false));
    expect(draft.decoded).toEqual({ encoding: 'gb18030', how: 'stated' });
    const { features, layer } = await written(draft);
    expect(features.map(({ properties }) => properties?.['名称'])).toEqual(['天麻示范片', '滨江康养地块']);
    expect(layer.naming).toBe('名称');
    const original = JSON.parse(fixtureText('areas.geojson')) as GeoJSON.FeatureCollection<GeoJSON.Polygon>;
    features.forEach(({ geometry }, i) => {
      const rings = (geometry as GeoJSON.Polygon).coordinates;
      const source = original.features[i]?.geometry.coordinates ?? [];
      expect(rings.length).toBe(source.length);
      // Each vertex of the source is there; the ring may begin elsewhere.
      for (const [r, ring] of source.entries()) {
        for (const [lon = 0, lat = 0] of ring) {
          expect(rings[r]?.some(([x = 0, y = 0]) => Math.hypot(x - lon, y - lat) < 1e-6)).toBe(true);
        }
      }
    });
  });

  test('two_layers_in_one_zip_are_two_layers_and_utf_8_is_told_without_a_cpg', async () => {
    const { drafts, failures } = await drop([fixture('two-utf8-nocpg.zip')]);
    expect(failures).toEqual([]);
    expect(drafts.map(({ name }) => name).sort()).toEqual(['地块', '点位']);
    const areas = drafts.find(({ name }) => name === '地块');
    expect(areas && known(areas)).toEqual(gaussKruger(108, 3, true));
    expect(areas?.decoded).toEqual({ encoding: 'utf-8', how: 'tried' });
    expect(areas && featuresOf(areas)[0]?.properties['名称']).toBe('天麻示范片');
  });

  test('gbk_without_a_cpg_is_told_too_and_can_be_overruled', async () => {
    expect((await only(fixture('areas-noprj.zip'))).decoded).toEqual({ encoding: 'gb18030', how: 'tried' });
    const { drafts } = await drop([fixture('areas-noprj.zip')], { 'areas-noprj.zip': 'utf-8' });
    expect(drafts[0]?.decoded).toEqual({ encoding: 'utf-8', how: 'chosen' });
  });

  test('without_a_prj_the_reference_is_asked_for_and_what_fits_is_offered', async () => {
    const draft = await only(fixture('areas-noprj.zip'));
    expect(stated(draft)).toEqual({ kind: 'unknown', why: 'no-prj' });
    const offered = candidates(sampleBy(draft, null, match), [109, 31]);
    expect(offered.map(({ reference }) => reference)).toContainEqual(gaussKruger(108, 3, false));
    expect(offered.find(({ reference }) => reference.kind === 'gk' && reference.meridian === 108)?.middle?.[0]).toBeGreaterThan(108.6);
    expect(() => done(draft)).toThrow();
    expect(done(draft, { reference: gaussKruger(108, 3, false) }).layer.count).toBe(2);
  });

  test('without_a_dbf_there_are_shapes_and_a_word_of_it', async () => {
    const draft = await only(fixture('areas-nodbf.zip'));
    expect(draft.notices).toContainEqual({ code: 'no-dbf' });
    expect(featuresOf(draft)).toHaveLength(2);
  });

  test('a_table_without_shapes_is_refused', async () => {
    const { unzipSync } = await import('fflate');
    const parts = unzipSync(new Uint8Array(await fixture('areas-noprj.zip').arrayBuffer()));
    expect(await fault(new File([parts['areas.dbf'] as BlobPart], 'areas.dbf'))).toEqual([{ code: 'shp-missing', have: '.dbf' }]);
    const { drafts } = await drop(Object.entries(parts).map(([name, bytes]) => new File([bytes as BlobPart], name)));
    expect(drafts).toHaveLength(1);
  });

  test('xian_1980_is_refused_by_name', async () => {
    expect(await fault(fixture('areas-xian80.zip'))).toEqual([{ code: 'reference-refused', name: 'GCS_Xian_1980', because: 'xian80' }]);
  });

  test('a_cut_off_shapefile_gives_what_is_whole_and_says_so', async () => {
    const { unzipSync } = await import('fflate');
    const parts = unzipSync(new Uint8Array(await fixture('areas-gbk-4545.zip').arrayBuffer()));
    const whole = parts['areas.shp'] ?? new Uint8Array();
    const draft = await only(...Object.entries({ ...parts, 'areas.shp': whole.slice(0, whole.length - 20) }).map(([name, bytes]) => new File([bytes as BlobPart], name)));
    expect(draft.notices).toContainEqual({ code: 'cut-off', after: 1 });
  });
});

describe('other formats', () => {
  test('every_feature_table_of_a_geopackage_is_a_layer_and_a_refused_one_does_not_hinder_the_rest', async () => {
    const { drafts, failures } = await drop([fixture('mixed.gpkg')]);
    expect(drafts.map(({ name }) => name)).toEqual(['地块', '点位', '步道']);
    expect(failures).toMatchObject([{ file: 'mixed.gpkg / 旧点位', reason: { code: 'reference-refused', because: 'beijing54' } }]);
    const [areas, sites, ways] = drafts;
    expect(areas && known(areas)).toEqual(CGCS2000);
    expect(sites && known(sites)).toEqual(gaussKruger(111, 3, false));
    if (!sites || !ways) throw new Error('missing');
    const { features } = await written(sites);
    const [lon = 0, lat = 0] = (features[0]?.geometry as GeoJSON.Point).coordinates;
    expect(Math.hypot(lon - 108.69332, lat - 30.93295)).toBeLessThan(1e-7);
    expect(features[0]?.properties).toEqual({ name: '云阳县人民医院', 床位: 800 });
    expect(done(ways).layer.report.findings).toMatchObject([{ feature: 1, fault: 'z-dropped', done: 'mended' }]);
  });

  test('kml_keeps_folders_and_data_and_reports_each_broken_placemark', async () => {
    const draft = await only(fixture('places.kml'));
    expect(draft.notices).toEqual([{ code: 'network-links', count: 1 }]);
    const { layer, features } = await written(draft);
    expect(features[0]).toMatchObject({ id: 'p1', properties: { name: '温泉 & 疗养', folder: '康养 / 一期', description: '<b>踏勘</b>', 面积: '12', 负责人: '张三' } });
    expect(layer.report.findings.map(({ name, fault: what, done: how }) => [name, what, how])).toEqual([
      ['温泉 & 疗养', 'z-dropped', 'mended'], ['没有闭合的地块', 'open-ring', 'mended'], ['点和线', 'collection-split', 'mended'],
      ['轨迹', 'z-dropped', 'mended'], ['坏坐标', 'not-finite', 'left-out'], ['没有位置', 'empty', 'left-out'],
    ]);
    expect(layer.count).toBe(5);
  });

  test('a_kmz_is_named_after_itself', async () => {
    const kmz = zipSync({ 'doc.kml': new Uint8Array(await fixture('places.kml').arrayBuffer()), 'images/a.png': new Uint8Array(4) });
    const draft = await only(new File([kmz as BlobPart], '踏勘.kmz'));
    expect([draft.name, draft.format]).toEqual(['踏勘', 'kml']);
  });

  test('one_feature_per_line_is_geojson_too', async () => {
    expect(featuresOf(await only(fixture('sites.geojsonl')))).toHaveLength(2);
  });

  test('an_older_crs_member_is_followed', async () => {
    const source = { ...JSON.parse(fixtureText('sites.geojson')), crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4490' } } } as object;
    expect(known(await only(new File([JSON.stringify(source)], 'a.geojson')))).toEqual(CGCS2000);
    expect(await fault(new File([JSON.stringify({ ...source, crs: { type: 'name', properties: { name: 'EPSG:2437' } } })], 'a.geojson')))
      .toEqual([{ code: 'reference-refused', name: 'EPSG:2437', because: 'beijing54' }]);
  });

  test('numbers_that_cannot_be_degrees_are_asked_about', async () => {
    const point = (coordinates: number[]) => new File([JSON.stringify({ type: 'Point', coordinates })], 'a.geojson');
    expect(stated(await only(point([566262, 3423746])))).toEqual({ kind: 'unknown', why: 'not-degrees' });
    const swapped = await only(point([30.93, 108.69]));
    expect(stated(swapped)).toEqual({ kind: 'unknown', why: 'not-degrees' });
    expect(candidates(sampleBy(swapped, null, match), [109, 31])[0]).toEqual({ reference: { ...CGCS2000, swapped: true }, middle: [108.69, 30.93] });
  });

  test('gcj_02_counts_only_where_a_name_says_so_and_never_against_a_prj', async () => {
    const draft = await only(fixture('sites.geojson', '点位_GCJ02.geojson'));
    expect(known(draft)).toEqual(GCJ02);
    expect(draft.notices).toEqual([{ code: 'reference-by-name', datum: 'GCJ-02' }]);
    expect(known(await only(fixture('sites.geojson', '高德点位.geojson')))?.kind).toBe('geographic');
    const { drafts } = await drop([fixture('two-utf8-nocpg.zip', '点位_bd09.zip')]);
    expect(drafts.map(stated)).toEqual([{ kind: 'unknown', why: 'contradiction' }, { kind: 'unknown', why: 'contradiction' }]);
  });
});

describe('features that are not what they should be', () => {
  test('each_is_mended_noted_or_left_out_and_listed', async () => {
    const { layer, features } = await written(await only(fixture('broken.geojson')));
    expect(layer.report.findings.map(({ feature, fault: what, done: how }) => `${feature} ${what} ${how}`)).toEqual([
      '2 open-ring mended', '2 duplicate-id kept', '3 crossing kept', '5 empty left-out', '6 degenerate-ring left-out', '7 out-of-range left-out',
      '8 z-dropped mended', '9 unreadable left-out', '10 collection-split mended', '11 too-short left-out',
    ]);
    expect(layer.report.total).toBe(11);
    expect(layer.count).toBe(7);
    expect(layer.crossing).toEqual([2]);
    expect(features.find(({ properties }) => properties?.['name'] === '顺时针')?.geometry).toEqual(
      { type: 'Polygon', coordinates: [[[108.7, 30.9], [108.8, 30.9], [108.8, 31], [108.7, 30.9]]] });
    expect(features[1]?.id).toBeUndefined();
  });

  test('a_file_of_nothing_but_broken_features_is_refused', async () => {
    const file = new File([JSON.stringify({ type: 'Feature', properties: {}, geometry: null })], 'a.geojson');
    const draft = await only(file);
    expect(() => done(draft)).toThrow('nothing-left');
  });
});
