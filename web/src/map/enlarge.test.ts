import { describe, expect, it } from 'vitest';
import { enlarged, times } from './enlarge';

describe('the map across the room', () => {
  it('sizes_grow_at_every_zoom_and_zooms_stay_what_they_are', () => {
    expect(times(['interpolate', ['linear'], ['zoom'], 9, 10, 13, 20], 1.5)).toEqual(['interpolate', ['linear'], ['zoom'], 9, 15, 13, 30]);
    expect(times(['step', ['zoom'], 10, 8, 12], 2)).toEqual(['step', ['zoom'], 20, 8, 24]);
    expect(times(['case', ['get', 'large'], 12, 10], 2)).toEqual(['*', 2, ['case', ['get', 'large'], 12, 10]]);
  });

  it('names_and_symbols_grow_lines_and_the_graticule_do_not', () => {
    const style = enlarged({
      version: 8, sources: {},
      layers: [
        { id: 'name', type: 'symbol', source: 'townships', layout: { 'text-size': 10, 'icon-size': 1 } },
        { id: 'degrees', type: 'symbol', source: 'graticule', layout: { 'text-size': 10 } },
        { id: 'river', type: 'line', source: 'rivers', paint: { 'line-width': 2 } },
      ],
    });
    expect(style.layers[0]).toMatchObject({ layout: { 'text-size': 14, 'icon-size': 1.25 } });
    expect(style.layers[1]).toMatchObject({ layout: { 'text-size': 10 } });
    expect(style.layers[2]).toMatchObject({ paint: { 'line-width': 2 } });
  });
});
