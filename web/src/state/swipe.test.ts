import { describe, expect, it } from 'vitest';
import { decodeColumns, encodeColumns, withColumn, withoutColumn } from './columns';
import { decodeSwipe, encodeSwipe, hangAt, years, type Swipe } from './swipe';

const swipe: Swipe = { at: 37.5, left: { layers: { townships: 100, herbs: 60 }, year: 2022 }, right: { layers: { townships: 100 }, year: null } };

describe('the curtain in the address', () => {
  it('reads_like_what_it_shows_and_comes_back_the_same', () => {
    expect(encodeSwipe(swipe)).toBe('37.5*townships,herbs~60:2022*townships');
    expect(decodeSwipe(encodeSwipe(swipe))).toEqual(swipe);
    expect(decodeSwipe('50**')).toEqual({ at: 50, left: { layers: {}, year: null }, right: { layers: {}, year: null } });
  });

  it('a_mangled_one_is_none', () => {
    for (const text of [null, '', '50', '50*townships', 'middle*a*b']) expect(decodeSwipe(text)).toBeNull();
    expect(decodeSwipe('900*a:20*b')).toEqual({ at: 100, left: { layers: { a: 100 }, year: null }, right: { layers: { b: 100 }, year: null } });
  });

  it('hangs_on_the_map', () => {
    expect([hangAt(-3), hangAt(44.44), hangAt(130)]).toEqual([0, 44.4, 100]);
    expect(years(null)).toEqual([null, null]);
    expect(years(swipe)).toEqual([2022, null]);
  });
});

describe('townships in columns', () => {
  it('there_are_at_most_four_and_each_once', () => {
    expect(decodeColumns('a,b,a,,c,d,e')).toEqual(['a', 'b', 'c', 'd']);
    expect(encodeColumns(['a', 'b'])).toBe('a,b');
    expect(decodeColumns(null)).toEqual([]);
    expect(withColumn(['a'], 'b')).toEqual(['a', 'b']);
    expect(withColumn(['a'], 'a')).toEqual(['a']);
    expect(withColumn(['a', 'b', 'c', 'd'], 'e')).toEqual(['a', 'b', 'c', 'd']);
    expect(withoutColumn(['a', 'b'], 'a')).toEqual(['b']);
  });
});
