import { describe, expect, test } from 'vitest';
import type { LonLat } from '../api/types';
import { corridorEdge } from './corridor';
import { direct, inverse } from './geodesic';

const LINE: LonLat[] = [[108.4, 30.9], [108.9, 31.05], [108.95, 30.7]];
/** Positions all along the line, close enough to measure from. */
const ALONG = LINE.slice(1).flatMap((to, i) => {
  const from = LINE[i] ?? to;
  const way = inverse(from, to);
  return Array.from({ length: 400 }, (_, n) => direct(from, way.bearing, (way.metres * n) / 399).point);
});
const fromLine = (point: LonLat): number => Math.min(...ALONG.map((on) => inverse(point, on).metres));

describe('the edge of a corridor', () => {
  test.each([500, 3_000])('lies_%i_metres_from_the_line_everywhere', (metres) => {
    const points = corridorEdge(LINE, metres).flat().filter((_, i) => i % 9 === 0);
    expect(points.length).toBeGreaterThan(20);
    for (const point of points) expect(Math.abs(fromLine(point) - metres) / metres).toBeLessThan(0.02);
  });

  test('goes_all_the_way_around', () => {
    const pieces = corridorEdge(LINE, 3_000);
    const ends = pieces.flatMap((piece, i) => [piece[0], piece.at(-1)].map((end) => ({ end: end as LonLat, i })));
    for (const { end, i } of ends) {
      const others = [...pieces.filter((_, j) => j !== i).flat(), ...ends.filter((other) => other.end !== end).map((other) => other.end)];
      expect(Math.min(...others.map((other) => inverse(end, other).metres))).toBeLessThan(200);
    }
  });

  test('there_is_none_without_width_or_line', () => {
    expect(corridorEdge(LINE, 0)).toEqual([]);
    expect(corridorEdge([[108, 31]], 500)).toEqual([]);
  });
});
