import { describe, expect, test } from 'vitest';
import type { AroundCategory, Site } from '../api/sites';
import type { Term } from '../api/types';
import { aroundOthers, byPlan, industriesOf, sitesLeft } from './sites';

const drugs: Term = { id: 'drugs', zh: '药品生产', en: 'Drug production' };
const care: Term = { id: 'care', zh: '健康养老', en: 'Elderly care' };

const site = (id: string, plan: string, title: string, industries: Term[]): Site => ({
  id, plan, title, title_en: `Role of ${id}`, sought: [{ zh: '中药饮片', en: 'Decoction pieces' }], industries, section: [], lines: '', quote: '', note: '',
  place: { id: `${plan}:${id}`, name: `${title}地`, name_en: `Place ${id}`, kind: { id: 'park', zh: '园区', en: 'park' }, accuracy: 'seat', county: plan, point: [108, 31] },
});

const sites = [site('one', 'fengjie', '港口物流园', [care]), site('two', 'yunyang', '药谷', [drugs, care]), site('three', 'yunyang', '康养城', [care])];
const idsOf = (some: readonly Site[]): string[] => some.map(({ id }) => id);

describe('the list of sites', () => {
  test('is narrowed by words of either language and by an industry', () => {
    const left = (words: string, industry: string | null = null): string[] => idsOf(sitesLeft(sites, { words, industry }));
    expect(left('')).toEqual(['one', 'two', 'three']);
    expect(left('药谷')).toEqual(['two']);
    expect(left('DECOCTION three')).toEqual(['three']);
    expect(left('drug production')).toEqual(['two']);
    expect(left('饮片，城')).toEqual(['three']);
    expect(left('', 'drugs')).toEqual(['two']);
    expect(left('港口', 'drugs')).toEqual([]);
  });

  test('falls into plans in their order', () => {
    expect(byPlan(sites, [{ id: 'yunyang' }, { id: 'fengjie' }, { id: 'empty' }]).map(({ plan, sites: members }) => [plan, idsOf(members)])).toEqual([['yunyang', ['two', 'three']], ['fengjie', ['one']]]);
  });

  test('knows which industry is sought most', () => {
    expect(industriesOf(sites)).toEqual([{ term: care, count: 3 }, { term: drugs, count: 1 }]);
  });
});

test('what is looked around from does not lie around itself', () => {
  const near = sites.map(({ place }, i) => ({ ...place, distance_m: i * 1000, bearing_deg: null }));
  const categories: AroundCategory[] = [
    { id: 'ports', title: '港口', title_en: 'Ports', total: 3, items: near },
    { id: 'self', title: '本处', title_en: 'Itself', total: 1, items: near.slice(0, 1) },
    { id: 'none', title: '机场', title_en: 'Airports', total: 0, items: [] },
  ];
  const { full, empty } = aroundOthers(categories, 'fengjie:one');
  expect(full.map(({ id, total, items }) => [id, total, items.length])).toEqual([['ports', 2, 2]]);
  expect(empty.map(({ id }) => id)).toEqual(['self', 'none']);
});
