import type { StyleSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import { contrast } from '../state/colour';
import { nightInkOf, nightOf } from '../state/night';
import { AS_IN_LEGEND, night } from './night';
import { HALO, INK } from './palette';

const style: StyleSpecification = {
  version: 8,
  sources: { herbs: { type: 'vector', tiles: ['/tiles/herbs/{z}/{x}/{y}.mvt'] } },
  layers: [
    { id: 'ground', type: 'background', paint: { 'background-color': '#ece5d4' } },
    {
      id: 'herbs/fill', type: 'fill', source: 'herbs', 'source-layer': 'herbs', filter: ['==', ['get', 'class'], '#notacolour'],
      paint: { 'fill-color': ['match', ['get', 'class'], 'herb-base', '#5f8552', '#b9bd86'], 'fill-opacity': 0.5 },
    },
    { id: 'herbs/hatch', type: 'fill', source: 'herbs', 'source-layer': 'herbs', paint: { 'fill-pattern': 'hatch|#a99a80' } },
    {
      id: 'herbs/name', type: 'symbol', source: 'herbs', 'source-layer': 'herbs',
      layout: { 'text-field': ['get', 'name'], 'icon-image': ['concat', 'mark|', 'star', '|', '#b8331f', '|solid'] },
      paint: { 'text-color': INK, 'text-halo-color': HALO },
    },
    { id: 'lit/ring', type: 'symbol', source: 'herbs', 'source-layer': 'herbs', layout: { 'icon-image': ['case', true, 'ring|#a6301f|shown', 'ring|#a6301f|lit'] } },
    { id: 'picture', type: 'raster', source: 'herbs' , paint: {} },
  ],
};
const [ground, fill, hatch, name, ring, picture] = night(style).layers as unknown as { paint: Record<string, unknown>; layout: Record<string, unknown>; filter: unknown }[];

describe('the map by night', () => {
  it('darkens_plain_colours_and_colours_inside_expressions', () => {
    expect(ground?.paint['background-color']).toBe(nightOf('#ece5d4'));
    expect(fill?.paint['fill-color']).toEqual(['match', ['get', 'class'], 'herb-base', nightOf('#5f8552'), nightOf('#b9bd86')]);
  });

  it('renames_images_so_that_they_are_drawn_dark', () => {
    expect(hatch?.paint['fill-pattern']).toBe(`hatch|${nightOf('#a99a80')}`);
    expect(name?.layout['icon-image']).toEqual(['concat', 'night-mark|', 'star', '|', nightOf('#b8331f'), '|solid']);
    expect(ring?.layout['icon-image']).toEqual(['case', true, `night-ring|${nightOf('#a6301f')}|shown`, `night-ring|${nightOf('#a6301f')}|lit`]);
  });

  it('leaves_filters_texts_and_numbers_alone', () => {
    expect(fill?.filter).toEqual(['==', ['get', 'class'], '#notacolour']);
    expect(name?.layout['text-field']).toEqual(['get', 'name']);
    expect(fill?.paint['fill-opacity']).toBe(0.5);
  });

  it('writes_labels_that_can_be_read_on_their_halo', () => {
    expect(name?.paint['text-color']).toBe(nightInkOf(INK));
    expect(contrast(String(name?.paint['text-color']), String(name?.paint['text-halo-color']))).toBeGreaterThanOrEqual(4.5);
  });

  it('dims_pictures_that_cannot_be_redrawn', () => {
    expect(picture?.paint['raster-brightness-max']).toBeLessThan(1);
  });

  it('keeps_what_a_legend_shows_as_it_is', () => {
    const themed = { id: 'townships/theme-fill', type: 'fill', source: 'herbs', metadata: { [AS_IN_LEGEND]: true }, paint: { 'fill-color': '#ffffcc' } } as const;
    expect(night({ ...style, layers: [themed] }).layers).toEqual([themed]);
  });
});
