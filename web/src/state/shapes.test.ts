import { describe, expect, test } from 'vitest';
import type { LonLat } from '../api/types';
import { area, inverse } from './geodesic';
import { circleRing, crossesItself, geometryOf, measure, shapeOf, type Shape } from './shapes';

const CENTRE: LonLat = [108.7, 30.93];

describe('a drawn shape', () => {
  test.each<Shape>([
    { tool: 'polygon', ring: [[108, 30], [109, 30], [108.5, 31]] },
    { tool: 'rectangle', bounds: [108, 30, 109, 31] },
    { tool: 'line', points: [[108, 30], [109, 31]] },
    { tool: 'point', point: [108, 30] },
  ])('a_$tool_survives_its_geometry', (shape) => expect(shapeOf(shape.tool, geometryOf(shape))).toEqual(shape));

  test('a_circle_survives_its_geometry_to_the_metre', () => {
    const read = shapeOf('circle', geometryOf({ tool: 'circle', centre: CENTRE, metres: 15_000 }));
    if (read?.tool !== 'circle') throw new Error('no circle');
    expect(inverse(CENTRE, read.centre).metres).toBeLessThan(15);
    expect(Math.abs(read.metres - 15_000)).toBeLessThan(15);
  });

  test('what_has_no_extent_is_no_shape', () => {
    expect(shapeOf('polygon', { type: 'Polygon', coordinates: [[[1, 1], [1, 1], [2, 2], [1, 1]]] })).toBeNull();
    expect(shapeOf('line', { type: 'LineString', coordinates: [[1, 1], [1, 1]] })).toBeNull();
    expect(shapeOf('rectangle', { type: 'Polygon', coordinates: [[[1, 1], [2, 1], [2, 1], [1, 1], [1, 1]]] })).toBeNull();
  });
});

describe('a circle', () => {
  test('has_every_corner_at_its_radius', () => {
    for (const corner of circleRing(CENTRE, 15_000)) expect(inverse(CENTRE, corner).metres).toBeCloseTo(15_000, 0);
  });
  test('measures_as_a_circle_and_not_as_its_picture', () => {
    const measured = measure({ tool: 'circle', centre: CENTRE, metres: 15_000 });
    expect(measured?.squareMetres).toBeCloseTo(Math.PI * 15_000 ** 2, 0);
    const picture = area(circleRing(CENTRE, 15_000)) / (Math.PI * 15_000 ** 2);
    expect(picture).toBeGreaterThan(0.999);
    expect(picture).toBeLessThan(1);
  });
});

test('a_bow_tie_crosses_itself_and_a_square_does_not', () => {
  expect(crossesItself([[0, 0], [1, 1], [1, 0], [0, 1]])).toBe(true);
  expect(crossesItself([[0, 0], [1, 0], [1, 1], [0, 1]])).toBe(false);
  expect(crossesItself([[0, 0], [4, 0], [4, 4], [2, 0], [0, 4]]), 'a corner on another edge').toBe(true);
  expect(crossesItself([[0, 0], [1, 0], [0, 1]])).toBe(false);
});
