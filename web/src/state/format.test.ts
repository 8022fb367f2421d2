import { describe, expect, test } from 'vitest';
import { formatArea, formatDistance, formatFigure, formatNumber, progress } from './format';

describe('numbers', () => {
  test('three_digits_are_enough_but_no_whole_digit_is_lost', () => {
    expect(formatNumber(3636.4, 'zh')).toBe('3,636');
    expect(formatNumber(82.44, 'en')).toBe('82.4');
    expect(formatNumber(6.375, 'zh')).toBe('6.38');
    expect(formatNumber(0, 'zh')).toBe('0');
  });

  test('an_area_is_in_km2_and_mu_for_a_chinese_reader', () => {
    expect(formatArea(84_300_000, 'zh')).toBe('84.3 km²（12.6 万亩）');
  });

  test('an_area_is_in_km2_and_hectares_for_an_english_reader', () => {
    expect(formatArea(84_300_000, 'en')).toBe('84.3 km² (8,430 ha)');
  });

  test('a_site_below_a_square_kilometre_is_in_hectares', () => {
    expect(formatArea(20_000, 'zh')).toBe('2 公顷（30 亩）');
    expect(formatArea(20_000, 'en')).toBe('2 ha');
  });

  test('a_distance_is_in_metres_below_a_kilometre', () => {
    expect(formatDistance(640.4, 'zh')).toBe('640 m');
    expect(formatDistance(12_340, 'en')).toBe('12.3 km');
  });
});

describe('figures of a plan', () => {
  test('a_bare_number_gets_its_unit', () => {
    expect(formatFigure({ written: '200', comparator: '=', unit: '亿元' })).toBe('200 亿元');
    expect(formatFigure({ written: '10', comparator: '>=', unit: '%' })).toBe('≥10 %');
  });

  test('what_the_document_already_writes_is_not_written_twice', () => {
    expect(formatFigure({ written: '6.37万 m³', comparator: '=', unit: 'm³' })).toBe('6.37万 m³');
    expect(formatFigure({ written: '95%以上', comparator: '>=', unit: '%' })).toBe('95%以上');
    expect(formatFigure({ written: '≥10', comparator: '>=', unit: '%' })).toBe('≥10 %');
  });

  test('a_unit_that_begins_with_a_number_is_a_factor', () => {
    expect(formatFigure({ written: '15', comparator: '=', unit: '10,000 mu' })).toBe('15 × 10,000 mu');
  });

  test('no_figure_is_invented', () => {
    expect(formatFigure({ written: null, comparator: '>=', unit: '%' })).toBeNull();
    expect(formatFigure({ written: ' ', comparator: null, unit: null })).toBeNull();
  });

  test('the_bar_ends_at_the_larger_figure_also_when_the_target_is_a_decrease', () => {
    expect(progress(50, 200)).toEqual({ from: 0.25, to: 1 });
    expect(progress(20, 10)).toEqual({ from: 1, to: 0.5 });
  });

  test('there_is_no_bar_without_both_figures', () => {
    expect(progress(null, 200)).toBeNull();
    expect(progress(50, null)).toBeNull();
    expect(progress(0, 0)).toBeNull();
  });
});
