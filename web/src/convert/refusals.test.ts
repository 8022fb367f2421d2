/** Files that lie, and files that are too much: each is told for what it is, and nothing comes of it. */
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { drop, fixture } from './testing';
import { sniff } from './sniff';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const file = (content: Uint8Array | string, name: string): File => new File([content as BlobPart], name);
async function refused(...files: File[]) {
  const { drafts, failures } = await drop(files);
  expect(drafts).toEqual([]);
  return failures.map(({ reason }) => reason);
}

test('a_pdf_under_another_name', async () => {
  expect(await refused(fixture('pretends.geojson'))).toEqual([{ code: 'pretends', is: 'pdf', says: 'geojson' }]);
});

test('an_external_entity_is_never_resolved', async () => {
  expect(await refused(fixture('entity.kml'))).toEqual([{ code: 'xml-entities' }]);
});

test('more_than_the_limit_is_not_even_read', async () => {
  const huge = { name: 'spaces.geojson', size: 1e9, slice: () => { throw new Error('was read'); } } as unknown as File;
  expect(await refused(huge)).toMatchObject([{ code: 'too-large', bytes: 1e9 }]);
});

test('nothing_but_spaces', async () => {
  expect(await refused(file(' \n'.repeat(3_000_000), 'a.geojson'), file('', 'b.geojson'))).toEqual([{ code: 'blank' }, { code: 'empty' }]);
});

test('a_bomb_is_stopped_while_it_unpacks', async () => {
  const bomb = zipSync({ 'a.geojson': new Uint8Array(16_000_000).fill(32) });
  expect(bomb.length).toBeLessThan(100_000);
  expect(await refused(file(bomb, 'a.zip'))).toMatchObject([{ code: 'zip-bomb' }]);
  expect(await refused(file(zipSync({ '[Content_Types].xml': text('<Types/>'), 'xl/workbook.xml': new Uint8Array(16_000_000).fill(32) }), 'a.xlsx')))
    .toMatchObject([{ code: 'zip-bomb' }]);
});

test('a_zip_within_a_zip_and_one_of_too_many_members', async () => {
  expect(await refused(file(zipSync({ 'b.zip': zipSync({ 'a.geojson': text('{}') }) }), 'a.zip'))).toEqual([{ code: 'zip-nested', member: 'b.zip' }]);
  const many = Object.fromEntries(Array.from({ length: 2100 }, (_, i) => [`${i}.txt`, text('a')]));
  expect(await refused(file(zipSync(many), 'a.zip'))).toMatchObject([{ code: 'zip-many' }]);
  expect(await refused(file(zipSync({ 'readme.md': text('a') }), 'a.zip'))).toEqual([{ code: 'zip-nothing' }]);
  expect(await refused(file(zipSync({ 'a.geojson': text('{}') }).slice(0, 40), 'a.zip'))).toEqual([{ code: 'zip-broken' }]);
});

test('what_cannot_be_read_is_named', async () => {
  expect(await refused(file('{"type":"FeatureCollection","features":[{', 'a.geojson'))).toMatchObject([{ code: 'json-broken' }]);
  expect(await refused(file('{"type":"Topology"}', 'a.json'))).toEqual([{ code: 'json-other', is: 'topojson' }]);
  expect(await refused(file('{"spatialReference":{},"features":[]}', 'a.json'))).toEqual([{ code: 'json-other', is: 'esri' }]);
  expect(await refused(file('<!DOCTYPE html><html></html>', 'a.kml'))).toEqual([{ code: 'pretends', is: 'html', says: 'kml' }]);
  expect(await refused(file('<kml><Document>', 'a.kml'))).toMatchObject([{ code: 'xml-broken' }]);
  expect(await refused(file(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0), 'a.xls'))).toEqual([{ code: 'unsupported', is: 'office-old' }]);
  expect(await refused(file(zipSync({ '[Content_Types].xml': text('<Types/>') }), 'a.xlsx'))).toEqual([{ code: 'xlsx-broken' }]);
  expect(await refused(file(text('SQLite format 3\u0000 and then nothing of it'), 'a.gpkg'))).toEqual([{ code: 'gpkg-broken' }]);
  expect(await refused(file('只有一行', 'a.csv'))).toEqual([{ code: 'table-empty' }]);
});

test('one_bad_file_does_not_hinder_the_others', async () => {
  const { drafts, failures } = await drop([fixture('pretends.geojson'), fixture('sites.geojson')]);
  expect([drafts.length, failures.length]).toEqual([1, 1]);
});

test('the_content_decides_over_the_name', async () => {
  const { drafts } = await drop([fixture('places.kml', 'places.geojson')]);
  expect(drafts[0]?.format).toBe('kml');
  expect(drafts[0]?.notices).toContainEqual({ code: 'extension', says: 'geojson', is: 'kml' });
  expect(sniff(text('BM是一个名字,1'))).toBe('text');
});

test('names_in_a_zip_of_windows_are_chinese', async () => {
  const gbk = String.fromCharCode(0xb5, 0xd8, 0xbf, 0xe9);
  const zipped = zipSync({ [`${gbk}.geojson`]: text('{"type":"Point","coordinates":[108.7,30.9]}') });
  // fflate marks what it writes as UTF-8; without the mark the bytes are as Windows writes them.
  const windows = Uint8Array.from(zipped);
  const latin = new TextDecoder('latin1').decode(windows);
  expect(latin).toContain('geojson');
  const { drafts } = await drop([file(renamed(zipped, new TextEncoder().encode(gbk), Uint8Array.of(0xb5, 0xd8, 0xbf, 0xe9)), 'a.zip')]);
  expect(drafts[0]?.name).toBe('地块');
});

/** Rewrites the name in the local header, shorter by the difference, and clears the UTF-8 flag. */
function renamed(zip: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
  const bytes = [...zip];
  bytes[7] = 0;
  const length = (bytes[26] ?? 0) - from.length + to.length;
  bytes.splice(26, 2, length, 0);
  bytes.splice(30, from.length, ...to);
  return Uint8Array.from(bytes);
}
