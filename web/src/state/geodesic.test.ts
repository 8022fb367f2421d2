import { describe, expect, test } from 'vitest';
import type { LonLat } from '../api/types';
import { area, direct, inverse, length } from './geodesic';

/** Reference figures: C. F. F. Karney's GeographicLib (geographiclib-geodesic 2.2, WGS 84). */
const YUNYANG: LonLat = [108.69332, 30.93295];

describe('distances on the ellipsoid', () => {
  test.each<[string, LonLat, LonLat, number, number]>([
    ['from_yunyang_to_fengjie', YUNYANG, [109.46, 31.02], 73872.17611679817, 82.29586517168207],
    ['along_a_parallel', [108, 31], [109, 31], 95503.94081787522, 89.74247613565711],
    ['along_a_meridian', [108, 30], [108, 31], 110860.92556607861, 0],
    ['across_the_atlantic', [-73.8, 40.6], [-0.5, 51.6], 5551759.400318679, 51.19888284557982],
  ])('%s_agree_with_geographiclib', (_, from, to, metres, bearing) => {
    const way = inverse(from, to);
    expect(way.metres).toBeCloseTo(metres, 3);
    expect(way.bearing).toBeCloseTo(bearing, 7);
  });

  test('no_way_at_all_is_zero_metres', () => {
    expect(inverse(YUNYANG, YUNYANG).metres).toBe(0);
  });

  test.each<[number, number, number]>([
    [5_000, 108.73032607091007, 30.96483411557464],
    [150_000, 109.81436076822098, 31.884708600736875],
  ])('going_%i_metres_north_east_arrives_where_geographiclib_arrives', (metres, lon, lat) => {
    const { point } = direct(YUNYANG, 45, metres);
    expect(point[0]).toBeCloseTo(lon, 9);
    expect(point[1]).toBeCloseTo(lat, 9);
  });

  test('a_line_is_as_long_as_its_parts', () => {
    const line: LonLat[] = [[108, 30], [108, 31], [109, 31]];
    expect(length(line)).toBeCloseTo(110860.92556607861 + 95503.94081787522, 3);
  });
});

describe('areas on the ellipsoid', () => {
  test.each<[string, LonLat[], number]>([
    ['a_degree_square', [[108, 30], [109, 30], [109, 31], [108, 31]], 10642455822.326416],
    ['the_diamond_of_geographiclib_tests', [[-1, 0], [0, -1], [1, 0], [0, 1]], 24619419146.885723],
    ['a_town', [[108.69, 30.93], [108.73, 30.95], [108.71, 30.99], [108.66, 30.97]], 24363529.48023033],
  ])('%s_agrees_with_geographiclib', (_, ring, expected) => {
    expect(area(ring) / expected).toBeCloseTo(1, 9);
    expect(area([...ring].reverse()) / expected).toBeCloseTo(1, 9);
  });
});
