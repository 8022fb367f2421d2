import { describe, expect, it } from 'vitest';
import type { Target } from '../api/types';
import { ALL_INDICATORS, facetsOf, inGroups, isWanted } from './indicator-list';
import { gapOf, percent, writtenFigure, writtenGap } from './indicators';

/** As they stand in table 1 of the plan of Yunyang. */
const indicator = (no: number, name: string, unit: string, unit_en: string, baseline: string, comparator: string, target: string, more: object = {}): Target => ({
  id: `I${no}`, plan: 'yunyang', kind: 'indicator', no, name, name_en: null, unit, unit_en, baseline, target, comparator,
  baseline_number: numberIn(baseline), target_number: numberIn(target),
  industry: { id: 'health-food', zh: '健康食品农产品', en: 'Health food' }, attribute: { id: 'anticipated', zh: '预期性', en: 'Anticipated' }, ...more,
} as unknown as Target);

const numberIn = (written: string): number | null => {
  const [, digits, scale] = /([\d.]+)(万)?/.exec(written) ?? [];
  return digits === undefined ? null : Number(digits) * (scale ? 1e4 : 1);
};

const output = indicator(3, '健康文化旅游产业产值（含体育）', '亿元', '100 million yuan', '31.9', '=', '50', { industry: { id: 'health-tourism', zh: '健康文化旅游', en: 'Tourism' } });
const beds = indicator(15, '政府运营养老床位占比', '%', '%', '50', '<=', '≤40', { attribute: { id: 'binding', zh: '约束性', en: 'Binding' } });
const straw = indicator(21, '秸秆综合利用率', '%', '%', '85.2', '>', '＞90');
const store = indicator(26, '农产品冷链仓库规模', 'm³', 'm³', '6.37万', '=', '10万');
const herbs = indicator(28, '中药材种植面积', '万亩', '10,000 mu', '15', '=', '15', { name_en: 'Area planted with Chinese herbs' });
const lodging = indicator(7, '级别以上非标住宿量', '个', '', '—', '=', '100');
const guests = indicator(4, '过夜游客数量', '万人', '10,000 persons', '88', '=', '200');
const parks = indicator(19, '国家级现代农业产业园数量', '个', '', '0', '=', '2');
const sales = indicator(33, '单品种年销售额达到5000万元以上的医药产品品种数量', '个', '', '1', '=', '3');
const all = [output, guests, lodging, beds, parks, straw, store, herbs, sales];

const gapIn = (target: Target, language: 'zh' | 'en'): string => {
  const gap = gapOf(target);
  return 'by' in gap ? writtenGap(target, gap.by, language).text : gap.kind;
};

describe('how_far_an_indicator_is_from_its_target', () => {
  it('is_the_plain_difference_without_the_noise_of_binary_fractions', () => {
    expect(gapOf(output)).toEqual({ kind: 'rise', by: 18.1, share: 0.638 });
    expect(gapIn(output, 'zh')).toBe('18.1 亿元');
    expect(gapIn(output, 'en')).toBe('1.81 billion yuan');
  });

  it('of_indicator_28_is_nothing_for_baseline_and_target_are_the_same', () => {
    expect(gapOf(herbs)).toEqual({ kind: 'same' });
  });

  it('is_not_made_up_where_there_is_no_baseline_or_no_target', () => {
    expect(gapOf(lodging)).toEqual({ kind: 'no-baseline' });
    expect(gapOf({ ...herbs, target_number: null })).toEqual({ kind: 'no-target' });
  });

  it('goes_downwards_where_less_is_the_aim', () => {
    expect(gapOf(beds)).toEqual({ kind: 'fall', by: 10, share: 1.25 });
    expect(gapIn(beds, 'zh')).toBe('10 个百分点');
    expect(gapIn(beds, 'en')).toBe('10 percentage points');
  });

  it('is_closed_where_the_baseline_is_beyond_the_target', () => {
    expect(gapOf({ ...beds, baseline_number: 35 }).kind).toBe('reached');
    expect(gapOf({ ...straw, baseline_number: 92 }).kind).toBe('reached');
    expect(gapOf({ ...output, baseline_number: 60 }).kind).toBe('fall');
  });

  it('has_no_share_of_a_target_of_nought', () => {
    expect(gapOf({ ...beds, baseline_number: 3, target_number: 0 })).toEqual({ kind: 'fall', by: 3, share: null });
  });

  it('is_taken_from_what_was_observed_since', () => {
    expect(gapOf(output, 45)).toEqual({ kind: 'rise', by: 5, share: 0.9 });
  });

  it('is_written_with_the_wan_of_its_figures', () => {
    expect(gapIn(store, 'zh')).toBe('3.63万 m³');
    expect(gapIn(store, 'en')).toBe('36,300 m³');
    expect(gapIn(guests, 'zh')).toBe('112 万人');
    expect(gapIn(guests, 'en')).toBe('1,120,000 persons');
  });

  it('is_a_per_cent_of_the_target_with_one_decimal', () => {
    expect(percent(31.9 / 50)).toBe(63.8);
    expect(percent(1 / 3)).toBe(33.3);
  });
});

describe('figures', () => {
  it('are_written_as_in_the_plan_with_their_unit', () => {
    expect(writtenFigure(store, 'baseline', 'zh')?.text).toBe('6.37万 m³');
    expect(writtenFigure(straw, 'target', 'zh')?.text).toBe('＞90 %');
    expect(writtenFigure(beds, 'target', 'zh')?.text).toBe('≤40 %');
    expect(writtenFigure(parks, 'baseline', 'zh')?.text).toBe('0 个');
  });

  it('are_written_out_in_english', () => {
    expect(writtenFigure(output, 'target', 'en')?.text).toBe('5 billion yuan');
    expect(writtenFigure(herbs, 'target', 'en')?.text).toBe('150,000 mu');
    expect(writtenFigure(beds, 'target', 'en')?.text).toBe('≤40%');
    expect(writtenFigure(parks, 'target', 'en')).toEqual({ text: '2', lang: 'en' });
    expect(writtenFigure({ ...parks, unit: '座', unit_en: '' }, 'target', 'en')).toEqual({ text: '2 座', lang: 'zh' });
  });

  it('that_are_missing_are_missing', () => {
    expect(writtenFigure(lodging, 'baseline', 'zh')).toBeNull();
    expect(writtenFigure({ ...lodging, baseline: '若干' }, 'baseline', 'zh')).toEqual({ text: '若干', lang: 'zh' });
  });
});

describe('the_filter', () => {
  const found = (words: string, more = {}): (number | null)[] => all.filter((one) => isWanted(one, { ...ALL_INDICATORS, words, ...more })).map(({ no }) => no);

  it('finds_by_number_however_it_is_written', () => {
    for (const words of ['28', 'I28', '第28号', 'no.28', '２８']) expect(found(words)).toEqual([28]);
    expect(found('3')).toEqual([3]);
    expect(found('5000')).toEqual([33]);
  });

  it('finds_by_words_in_both_languages', () => {
    expect(found('中药材')).toEqual([28]);
    expect(found('herbs planted')).toEqual([28]);
    expect(found('约束性')).toEqual([15]);
    expect(found('天麻')).toEqual([]);
    expect(found('')).toHaveLength(all.length);
  });

  it('counts_what_each_of_its_values_would_leave', () => {
    const counts = (choice: object) => facetsOf(all, { ...ALL_INDICATORS, ...choice }, 'industry').map(({ term, count }) => [term.id, count]);
    expect(counts({})).toEqual([['health-tourism', 1], ['health-food', 8]]);
    expect(counts({ attribute: 'binding' })).toEqual([['health-tourism', 0], ['health-food', 1]]);
    expect(counts({ industry: 'health-tourism' })).toEqual([['health-tourism', 1], ['health-food', 8]]);
  });

  it('groups_as_the_plan_does', () => {
    expect(inGroups(all).map(({ industry, targets }) => [industry?.id, targets.length])).toEqual([['health-tourism', 1], ['health-food', 8]]);
  });
});
