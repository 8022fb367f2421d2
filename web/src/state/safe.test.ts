import { describe, expect, it } from 'vitest';
import type { Atlas, Layer } from '../api/types';
import { parseColour, toOklch, writeColour } from './colour';
import { dressed, SAFE, safeLayer } from './safe';

/** How full dichromats see linear RGB (Machado, Oliveira, Fernandes 2009, severity 1). */
const VISIONS: Record<string, readonly number[]> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

function seen(colour: string, [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0]: readonly number[]): [number, number, number] {
  const linear = (value: number): number => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const back = (value: number): number => 255 * Math.min(1, Math.max(0, value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055));
  const { r, g: green, b: blue } = parseColour(colour)!;
  const [x, y, z] = [linear(r), linear(green), linear(blue)];
  const met = writeColour({ r: back(a * x + b * y + c * z), g: back(d * x + e * y + f * z), b: back(g * x + h * y + i * z), a: 1 });
  const { l, c: chroma, h: hue } = toOklch(parseColour(met)!);
  return [l, chroma * Math.cos(hue), chroma * Math.sin(hue)];
}

const apart = (one: string, other: string, vision: readonly number[]): number =>
  Math.hypot(...seen(one, vision).map((value, i) => value - (seen(other, vision)[i] ?? 0)));

const layer = (symbols: readonly (string | null)[]): Layer =>
  ({ id: 'x', classes: symbols.map((symbol, i) => ({ value: `c${i}`, label: '', label_en: null, color: '#123456', symbol, count: 1 })) }) as unknown as Layer;

describe('colours for every eye', () => {
  it('any_two_of_the_first_eight_can_be_told_apart_with_any_colour_vision', () => {
    const first = SAFE.slice(0, 8);
    for (const [name, vision] of Object.entries(VISIONS)) {
      for (const [i, one] of first.entries()) {
        for (const other of first.slice(i + 1)) expect(apart(one, other, vision), `${one} ${other} ${name}`).toBeGreaterThan(0.13);
      }
    }
  });

  it('two_classes_share_a_colour_only_with_different_symbols', () => {
    const many = ['star', 'square', 'triangle', 'triangle', 'diamond', 'circle', 'ring', 'ring', 'circle', null, 'diamond', 'diamond', 'ring', 'square', 'square'];
    const pairs = safeLayer(layer(many)).classes.map(({ color, symbol }) => `${color} ${symbol}`);
    expect(new Set(pairs).size).toBe(many.length);
  });

  it('a_layer_of_one_class_keeps_its_colour', () => {
    const one = layer([null]);
    expect(safeLayer(one)).toBe(one);
  });

  it('the_atlas_own_colours_are_the_atlas_itself', () => {
    const atlas = { layers: [layer(['star', 'ring'])] } as unknown as Atlas;
    expect(dressed(atlas, 'atlas')).toBe(atlas);
    expect(dressed(atlas, 'safe')).toBe(dressed(atlas, 'safe'));
    expect(dressed(atlas, 'safe').layers[0]?.classes[0]?.color).toBe(SAFE[0]);
  });
});
