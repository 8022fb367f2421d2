/** Tiles that a converted layer is cut into, read back by the count of what they hold. */
import { expect, test } from 'vitest';
import { cut } from './tiles';
import type { Drawn } from './finish';
import { slice, Writer } from './writer';

const points = (count: number): Drawn[] => Array.from({ length: count }, (_, i) => ({
  type: 'Feature', geometry: { type: 'Point', coordinates: [108.6 + (i % 100) / 1000, 30.9 + Math.floor(i / 100) / 1000] }, properties: { i },
}));

test('a_tile_with_something_in_it_has_bytes_and_an_empty_one_has_none', () => {
  const tiles = cut(points(100), false);
  expect(tiles.tile(0, 0, 0).byteLength).toBeGreaterThan(100);
  expect(tiles.tile(8, 0, 0).byteLength).toBe(0);
});

test('a_hundred_thousand_points_fit_into_small_tiles_once_they_are_clustered', () => {
  const all = points(100_000);
  const clustered = cut(all, true).tile(5, 25, 13);
  expect(clustered.byteLength).toBeGreaterThan(0);
  expect(clustered.byteLength).toBeLessThan(50_000);
});

test('features_are_read_out_of_the_document_by_their_offsets', async () => {
  const writer = new Writer();
  const features = Array.from({ length: 30 }, (_, i) => ({ type: 'Feature', properties: { 名称: `第${i}个`.repeat(i * 2000 + 1) }, geometry: { type: 'Point', coordinates: [i, i] } }));
  features.forEach((feature) => writer.write(feature));
  const { data, offsets } = writer.finish();
  expect(JSON.parse(await data.text())).toEqual({ type: 'FeatureCollection', features });
  expect(await slice(data, offsets, 0, 1)).toEqual([features[0]]);
  expect(await slice(data, offsets, 28, 40)).toEqual(features.slice(28));
  expect(await slice(data, offsets, 30, 31)).toEqual([]);
});
