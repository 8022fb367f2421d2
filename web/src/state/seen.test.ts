import { expect, test } from 'vitest';
import { boundsSeen } from './seen';
import { pixelOf } from './sight';

const view = { lon: 108.9, lat: 31, zoom: 10, bearing: 0 };
const bare = { top: 0, right: 0, bottom: 0, left: 0 };

test('what_is_seen_reaches_to_the_edges_of_the_map', () => {
  const [west, south, east, north] = boundsSeen(view, { width: 1000, height: 600, covered: bare });
  const upperLeft = pixelOf([west, north], view, 1000, 600);
  const lowerRight = pixelOf([east, south], view, 1000, 600);
  expect([upperLeft.x, upperLeft.y, lowerRight.x, lowerRight.y].map((v) => Math.round(v) + 0)).toEqual([0, 0, 1000, 600]);
});

test('what_is_covered_is_not_seen', () => {
  const whole = boundsSeen(view, { width: 1000, height: 600, covered: bare });
  const part = boundsSeen(view, { width: 1000, height: 600, covered: { ...bare, left: 500 } });
  expect(part[0]).toBeCloseTo(view.lon, 5);
  expect(part[2]).toBe(whole[2]);
});

test('a_turned_map_is_enclosed', () => {
  const turned = { ...view, bearing: 90 };
  const [west, south, east, north] = boundsSeen(turned, { width: 1000, height: 600, covered: bare });
  const corner = pixelOf([west, north], turned, 1000, 600);
  expect([Math.round(corner.x) + 0, Math.round(corner.y)]).toEqual([0, 600]);
  expect(east).toBeGreaterThan(west);
  expect(north).toBeGreaterThan(south);
});
