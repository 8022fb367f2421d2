import { expect, test } from 'vitest';
import { areaIn, lengthIn, writeMeasure } from './units';

test('a_length_is_given_in_every_unit_at_once', () => {
  expect(lengthIn(12_500)).toEqual([['km', 12.5], ['m', 12_500], ['li', 25]]);
});

test('an_area_is_given_in_every_unit_at_once', () => {
  const area = Object.fromEntries(areaIn(1_000_000));
  expect(area).toMatchObject({ km2: 1, ha: 100, m2: 1_000_000 });
  expect(area['mu']).toBeCloseTo(1_500, 9);
});

test.each([[73_872.176, '73,872'], [74_146_199, '74,146,000'], [1.23456789, '1.2346'], [0.5, '0.5']])('%d_is_written_%s', (value, written) => {
  expect(writeMeasure(value, 'en')).toBe(written);
});
