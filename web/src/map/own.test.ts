/** Own layers as a style: valid by the specification, apart from the atlas, and known again under the pointer. */
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, test } from 'vitest';
import type { OwnLayer } from '../state/mine';
import { isOwnHit, isOwnMark, ownIdOf, ownLayers, ownSources } from './own';
import { inOrder } from './zorder';

const layer = (id: string, geometry: OwnLayer['geometry'], clustered = false): OwnLayer => ({
  id, name: id, data: 'blob:x', geometry, count: 1, bounds: [108, 30, 109, 31], color: '#0072b2', visible: true, revision: 1,
  made: { clustered, named: !clustered }, source: {}, tile: () => Promise.resolve(new ArrayBuffer(0)),
} as unknown as OwnLayer);

describe('own layers', () => {
  const layers = [layer('1', 'mixed'), layer('2', 'point', true), layer('3', 'line')];

  test('are_valid_by_the_style_specification', () => {
    const style = { version: 8 as const, sources: ownSources(layers, [[108.5, 30.5]]), layers: inOrder(ownLayers(layers)) };
    expect(validateStyleMin(style).map(({ message }) => message)).toEqual([]);
  });

  test('are_found_again_by_the_ids_of_what_is_drawn', () => {
    const ids = ownLayers(layers).map(({ spec }) => spec.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter(isOwnHit).map(ownIdOf)).toEqual(['1', '1', '1', '2', '2', '3']);
    expect(ids.filter(isOwnMark).map(ownIdOf)).toEqual(['1', '2', '2']);
    expect(ownIdOf('townships/fill')).toBeNull();
  });

  test('that_are_hidden_are_neither_drawn_nor_asked_for', () => {
    const hidden = [{ ...layer('1', 'point'), visible: false }];
    expect(Object.keys(ownSources(hidden, []))).toEqual(['own-spots']);
    expect(ownLayers(hidden).map(({ spec }) => spec.id)).toEqual(['own-spots/ring']);
  });
});
