import { describe, expect, test } from 'vitest';
import type { Accuracy, Term } from '../api/types';
import { accuraciesOf, groupsOf, isBorderline, isVague } from './answer';

const term = (id: string): Term => ({ id, zh: id, en: id });
const place = (id: string, kind: string, accuracy: Accuracy | null) => ({ id, name: id, name_en: null, kind: term(kind), accuracy, county: null, point: null });

describe('how sure an item is', () => {
  test.each([
    ['hospital', 'published', false], ['hospital', 'surveyed', false], ['hospital', 'seat', true], ['hospital', 'approximate', true],
    ['road', 'schematic', true], ['township', 'published', true], ['area', null, true],
  ] as const)('a_%s_%s_is_vague_%s', (kind, accuracy, vague) => expect(isVague(place('x', kind, accuracy))).toBe(vague));

  test('only_a_vague_position_near_the_limit_is_borderline', () => {
    expect(isBorderline(16_131, 15_000, true)).toBe(true);
    expect(isBorderline(13_500, 15_000, true)).toBe(true);
    expect(isBorderline(17_000, 15_000, true)).toBe(false);
    expect(isBorderline(15_001, 15_000, false)).toBe(false);
  });
});

test('groups_come_largest_first_and_the_rest_last', () => {
  const items = ['a', 'b', 'b', null, null, null].map((id) => ({ of: id && term(id) }));
  expect(groupsOf(items, (item) => item.of || null, term('other')).map((group) => [group.term.id, group.items.length])).toEqual([['b', 2], ['a', 1], ['other', 3]]);
});

test('accuracies_are_counted_and_the_unlocated_are_not', () => {
  const places = [place('1', 'x', 'seat'), place('2', 'x', 'published'), place('3', 'x', 'seat'), place('4', 'x', null)];
  expect(accuraciesOf(places)).toEqual([['seat', 2], ['published', 1]]);
});
