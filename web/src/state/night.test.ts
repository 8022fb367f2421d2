import { describe, expect, it } from 'vitest';
import { contrast, fromOklch, parseColour, toOklch, writeColour } from './colour';
import { nightInkOf, nightOf } from './night';

/** Every colour of a coarse cube. */
const CUBE = [0, 51, 102, 153, 204, 255].flatMap((r, _, all) => all.flatMap((g) => all.map((b) => writeColour({ r, g, b, a: 1 }))));
const lightness = (colour: string): number => toOklch(parseColour(colour) ?? { r: 0, g: 0, b: 0, a: 1 }).l;

describe('colour', () => {
  it('a_colour_survives_the_way_there_and_back', () => {
    for (const colour of CUBE) {
      const parsed = parseColour(colour);
      expect(parsed && writeColour(fromOklch(toOklch(parsed)))).toBe(colour);
    }
  });

  it('reads_what_styles_write', () => {
    expect(parseColour('#abc')).toEqual({ r: 170, g: 187, b: 204, a: 1 });
    expect(parseColour('rgba(252, 248, 238, 0.92)')).toEqual({ r: 252, g: 248, b: 238, a: 0.92 });
    expect(parseColour('townships')).toBeNull();
    expect(parseColour('rgb(a, b, c)')).toBeNull();
  });

  it('black_on_white_has_the_greatest_contrast', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#777777')).toBe(1);
  });
});

describe('the night', () => {
  it('turns_light_into_dark_and_keeps_the_order', () => {
    const sorted = [...CUBE].sort((a, b) => lightness(a) - lightness(b));
    expect(lightness(nightOf('#ffffff'))).toBeLessThan(0.25);
    expect(lightness(nightOf('#000000'))).toBeGreaterThan(0.9);
    for (const [i, colour] of sorted.entries()) {
      const next = sorted[i + 10];
      if (next) expect(lightness(nightOf(colour))).toBeGreaterThan(lightness(nightOf(next)) - 0.02);
    }
  });

  it('keeps_the_hue_of_what_has_one', () => {
    for (const colour of ['#b3291f', '#3f5a3c', '#6f9ab3', '#6a4c80']) {
      const before = toOklch(parseColour(colour)!);
      const after = toOklch(parseColour(nightOf(colour))!);
      expect(Math.abs(Math.atan2(Math.sin(after.h - before.h), Math.cos(after.h - before.h)))).toBeLessThan(0.06);
    }
  });

  it('leaves_transparency_and_words_alone', () => {
    expect(nightOf('rgba(0, 0, 0, 0.5)')).toMatch(/0\.5\)$/);
    expect(nightOf('herb-base')).toBe('herb-base');
  });

  it('every_label_can_be_read_on_its_halo', () => {
    const halo = nightOf('#fcf8ee');
    for (const colour of CUBE) expect(contrast(nightInkOf(colour), halo)).toBeGreaterThanOrEqual(4.5);
  });
});
