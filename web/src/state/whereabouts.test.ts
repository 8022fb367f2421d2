/** Where things lie, in the words of people. */
import { expect, test } from 'vitest';
import { metresOutside, whereabouts } from './whereabouts';

const TOWNSHIPS = [
  { id: '1', name: '堰坪镇', name_en: null, county: null, point: [109.15, 31.05] as [number, number] },
  { id: '2', name: '未定位', name_en: null, county: null, point: null },
];

test('near_a_seat_it_is_named_and_far_from_all_of_them_only_the_distance_is', () => {
  expect(whereabouts([109.16, 31.05], TOWNSHIPS)).toMatchObject({ kind: 'near', township: { name: '堰坪镇' } });
  const far = whereabouts([117, 31.05], TOWNSHIPS);
  expect(far?.kind).toBe('far');
  expect(far?.metres).toBeGreaterThan(700_000);
  expect(whereabouts([109, 31], [])).toBeNull();
});

test('only_what_lies_wholly_outside_of_the_atlas_is_outside', () => {
  expect(metresOutside([108, 30, 108.5, 31], [108.4, 30.5, 109.8, 31.4])).toBeNull();
  expect(metresOutside([100, 30, 101, 31], [108.4, 30.5, 109.8, 31.4])).toBeGreaterThan(700_000);
});
