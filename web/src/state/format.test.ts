import { describe, expect, test } from 'vitest';
import { formatArea, formatDistance, formatFigure, formatNumber, formatRoughArea, formatRoughDistance, inEnglish, progress } from './format';

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

  test('hectares_are_not_more_exact_than_the_square_kilometres', () => {
    expect(formatArea(3_636_412_345, 'en')).toBe('3,636 km² (363,600 ha)');
  });

  test('what_is_schematic_is_rounded_and_says_so', () => {
    expect(formatRoughArea(84_298_135, 'zh')).toBe('约 84 km²');
    expect(formatRoughArea(184_298_135, 'en')).toBe('about 180 km²');
    expect(formatRoughDistance(8375, 'zh')).toBe('约 8 km');
    expect(formatRoughDistance(200, 'en')).toBe('about 1 km');
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

  test('chinese_money_and_land_are_written_out_in_english', () => {
    expect(inEnglish({ written: '200', comparator: '=', unit: '亿元' })).toBe('20 billion yuan');
    expect(inEnglish({ written: '22.9', comparator: null, unit: '亿元' })).toBe('2.29 billion yuan');
    expect(inEnglish({ written: '4.2', comparator: null, unit: '亿元' })).toBe('420 million yuan');
    expect(inEnglish({ written: '15', comparator: '>=', unit: '万亩' })).toBe('≥150,000 mu');
    expect(inEnglish({ written: '6万亩', comparator: null, unit: null })).toBe('60,000 mu');
  });

  test('other_units_and_other_writings_stay_as_they_are', () => {
    expect(inEnglish({ written: '95', comparator: '>=', unit: '%' })).toBeNull();
    expect(inEnglish({ written: '过亿', comparator: null, unit: '元' })).toBeNull();
    expect(inEnglish({ written: '5', comparator: null, unit: '万吨/年' })).toBeNull();
    expect(inEnglish({ written: null, comparator: null, unit: '亿元' })).toBeNull();
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
