import { describe, expect, it } from 'vitest';
import type { Atlas, Basemap } from '../api/types';
import { addressesOf, groundOf, groundsOf, hostsOf, readiness } from './basemap';

const basemap = (given: Partial<Basemap>): Basemap => ({
  id: 'hill', title: '晕渲', title_en: 'Hills', kind: 'xyz', tiles: ['https://a.tiles.example.org/{z}/{x}/{y}.png'], labels: [], pmtiles: null, datum: 'WGS84',
  tile_size: 256, max_zoom: 14, attribution: '', attribution_en: '', review_number: null, needs_key: false, refused: null, ...given,
});
const atlasWith = (...basemaps: object[]): Atlas => ({ basemaps } as unknown as Atlas);

describe('grounds', () => {
  it('none_is_the_atlas_own_ground_and_not_listed', () => {
    const atlas = atlasWith(basemap({ id: 'none', kind: 'none' }), basemap({}));
    expect(groundsOf(atlas).map(({ id }) => id)).toEqual(['hill']);
  });

  it('a_refused_ground_is_never_drawn_not_even_from_a_link', () => {
    const atlas = atlasWith(basemap({ refused: { zh: '坐标基准是 GCJ-02', en: 'GCJ-02' } }));
    expect(groundOf(atlas, 'hill', {})).toBeNull();
  });

  it('a_ground_that_needs_a_key_waits_for_it', () => {
    const tianditu = basemap({ id: 'img', kind: 'tianditu', needs_key: true, tiles: ['https://t0.tianditu.gov.cn/img_w/wmts?x={x}&tk={key}'] });
    expect(readiness(tianditu, {})).toBe('needs-key');
    expect(groundOf(atlasWith(tianditu), 'img', {})).toBeNull();
    expect(groundOf(atlasWith(tianditu), 'img', { tianditu: 'abc' })).toBe(tianditu);
    expect(addressesOf(tianditu.tiles, 'a b', '')).toEqual(['https://t0.tianditu.gov.cn/img_w/wmts?x={x}&tk=a%20b']);
  });

  it('a_ground_may_lie_on_our_own_server', () => {
    const own = basemap({ tiles: ['/relief/{z}/{x}/{y}.png'] });
    expect(addressesOf(own.tiles, undefined, 'http://here')).toEqual(['http://here/relief/{z}/{x}/{y}.png']);
    expect(hostsOf(own)).toEqual([]);
  });

  it('hosts_are_named_once_each', () => {
    const sites = ['https://t0.tianditu.gov.cn/x', 'https://t1.tianditu.gov.cn/x', 'https://t{0-7}.tianditu.gov.cn/x', 'http://map.example.com:8080/{z}', 'https://x.com/{z}'];
    expect(hostsOf(basemap({ tiles: sites }))).toEqual(['tianditu.gov.cn', 'map.example.com:8080', 'x.com']);
  });
});
