import type { StyleSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import type { Atlas } from '../api/types';
import { GROUND_SOURCE, onGround, type Ground } from './ground';
import { quietly } from './ground-vector';

const atlas = { layers: ['neighbours', 'counties', 'townships', 'herbs'].map((id) => ({ id })) } as unknown as Atlas;
const fill = (id: string) => ({ id: `${id}/fill`, type: 'fill', source: id, 'source-layer': id, paint: { 'fill-opacity': 1 } }) as const;
const style: StyleSpecification = {
  version: 8,
  sources: {},
  layers: [{ id: 'ground', type: 'background' }, fill('neighbours'), fill('counties'), fill('townships'), fill('herbs')],
};
const ground: Ground = {
  sources: { [GROUND_SOURCE]: { type: 'raster', tiles: ['/relief/{z}/{x}/{y}.png'] } },
  layers: [{ id: 'basemap/picture', type: 'raster', source: GROUND_SOURCE }],
};
const opacityOf = (composed: StyleSpecification, id: string): unknown =>
  (composed.layers.find((layer) => layer.id === id) as { paint?: Record<string, unknown> }).paint?.['fill-opacity'];

describe('the ground under the layers', () => {
  it('lies_over_the_paper_and_under_everything_else', () => {
    expect(onGround(style, ground, atlas).layers.map(({ id }) => id).slice(0, 3)).toEqual(['ground', 'basemap/picture', 'neighbours/fill']);
    expect(onGround(style, ground, atlas).sources[GROUND_SOURCE]).toBeDefined();
  });

  it('shows_through_the_paper_of_the_atlas_but_not_through_its_themes', () => {
    const composed = onGround(style, ground, atlas);
    for (const id of ['neighbours/fill', 'townships/fill']) expect(JSON.stringify(opacityOf(composed, id))).toContain(',0]');
    expect(opacityOf(composed, 'herbs/fill')).toBe(1);
  });

  it('without_one_the_style_is_the_very_same', () => {
    expect(onGround(style, null, atlas)).toBe(style);
  });

  it('unknown_vector_tiles_are_drawn_without_names_areas_below_lines', () => {
    const drawn = quietly(GROUND_SOURCE, ['water', 'transportation', 'place_label', 'whatever']);
    const types = drawn.map(({ type }) => type);
    expect(types.lastIndexOf('fill')).toBeLessThan(types.indexOf('line'));
    expect(types).not.toContain('symbol');
    expect(drawn.some(({ id }) => id.includes('place_label'))).toBe(false);
    expect(new Set(drawn.map(({ id }) => id)).size).toBe(drawn.length);
  });
});
