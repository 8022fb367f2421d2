import { describe, expect, it } from 'vitest';
import type { PlaceNear } from '../api/answers';
import type { Atlas, Dossier } from '../api/types';
import { cellText, compareRows, type Compared, type RowId } from './columns-rows';

const term = (id: string, zh: string) => ({ id, zh, en: null });
const county = { id: '500235', name: '云阳县', name_en: 'Yunyang County' };
const industry = term('herbs', '中药材种植');

const township = (id: string, name: string, given: { accuracy?: string; projects?: string[]; herbs?: string[]; medical?: string[]; near?: object[] } = {}): Compared => ({
  dossier: {
    place: { id, name, name_en: null, county: '500235', kind: term('township', '乡镇'), accuracy: given.accuracy ?? 'schematic', area_m2: 84_000_000, within: county, seat_accuracy: 'approximate' },
    roles: [{ id: `R${id}`, title: '药材基地', title_en: 'Herb base', kind: term('herb-base', '药材品种基地'), herbs: (given.herbs ?? []).map((herb) => term(herb, herb)) }],
    projects: (given.projects ?? []).map((project) => ({ id: project, name: project, name_en: null, industry, lead_units: [{ id: 'U1', name: '农委', name_en: null }], cooperating_units: [] })),
    targets: [], tasks: [], discrepancies: [],
    inside: (given.medical ?? []).map((place) => ({ id: place, name: place, name_en: null, kind: term('hospital', '医院') })),
  } as unknown as Dossier,
  near: (given.near ?? []) as PlaceNear[],
});
const atlas = { layers: [{ id: 'medical', classes: [{ value: 'hospital' }] }] } as unknown as Atlas;
const words = { accuracyPlain: { schematic: '示意', published: '公开' }, areaSchematic: '（示意）', notKnown: '无法计算', noIndustry: '未分' };
const rowsOf = (...compared: Compared[]) => {
  const rows = compareRows(compared, atlas, 'zh', words);
  return (id: RowId) => rows.find((row) => row.id === id);
};

describe('townships compared', () => {
  it('says_which_rows_differ_and_what_all_have', () => {
    const row = rowsOf(township('1', '甲镇', { projects: ['P1', 'P2'], herbs: ['菊花'] }), township('2', '乙镇', { projects: ['P2'], herbs: ['菊花'] }));
    expect(row('county')?.differs).toBe(false);
    expect(row('herbs')?.differs).toBe(false);
    expect(row('projects')?.differs).toBe(true);
    expect(row('projects')?.cells[0]?.items.map(({ id, shared }) => [id, shared])).toEqual([['P1', false], ['P2', true]]);
    expect(row('projects')?.cells[0]?.groups.map(({ name, count }) => [name.text, count])).toEqual([['中药材种植', 2]]);
    expect(row('units')?.cells[0]?.items).toHaveLength(1);
  });

  it('a_schematic_area_is_named_as_such_and_only_rough', () => {
    const cell = rowsOf(township('1', '甲镇'))('area')?.cells[0];
    expect(cell?.text).toMatch(/^约/);
    expect(cell?.aside).toBe('（示意）');
    expect(cell && cellText(cell, 'zh')).toContain('示意');
  });

  it('distances_are_no_more_exact_than_the_seats_and_to_the_own_county_town', () => {
    const near = [
      { id: 'x', name: '奉节县城', name_en: null, county: '500236', kind: term('urban-core', '县城'), accuracy: 'published', distance_m: 5000 },
      { id: 'y', name: '云阳县城', name_en: null, county: '500235', kind: term('urban-core', '县城'), accuracy: 'approximate', distance_m: 45_508 },
    ];
    const row = rowsOf(township('1', '甲镇', { near }));
    expect(row('toCounty')?.cells[0]?.aside).toBe('云阳县城');
    expect(row('toCounty')?.cells[0]?.text).toMatch(/约/);
    expect(row('toCentre')).toBeUndefined();
  });

  it('medical_places_are_those_of_the_medical_layer', () => {
    expect(rowsOf(township('1', '甲镇', { medical: ['中医院'] }))('medical')?.cells[0]?.items.map(({ name }) => name.text)).toEqual(['中医院']);
  });

  it('one_township_alone_shares_nothing_and_differs_from_nothing', () => {
    const row = rowsOf(township('1', '甲镇', { projects: ['P1'] }));
    expect(row('projects')?.cells[0]?.items[0]?.shared).toBe(false);
    expect(row('projects')?.differs).toBe(false);
  });
});
