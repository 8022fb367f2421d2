import { expect, test } from 'vitest';
import { bothReaches, circleReach, NO_REACH, ringReach, type Reach } from './reach';

const parts = ({ features }: Reach): string[] => features.map(({ properties }) => properties.part);

test('a ring goes around what stands on the map already, a circle marks its spot', () => {
  expect(parts(circleReach([108.7, 30.9], 20_000))).toEqual(['area', 'edge', 'spot']);
  expect(parts(ringReach([108.7, 30.9], 20_000))).toEqual(['area', 'edge']);
});

test('that of a question and that of a site lie on the map together', () => {
  const [ring, circle] = [ringReach([108.7, 30.9], 5_000), circleReach([109, 31], 5_000)];
  expect(bothReaches(NO_REACH, ring)).toBe(ring);
  expect(bothReaches(circle, NO_REACH)).toBe(circle);
  expect(parts(bothReaches(circle, ring))).toHaveLength(5);
});
