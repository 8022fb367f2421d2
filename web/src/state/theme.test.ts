import { describe, expect, it } from 'vitest';
import type { Theme, ThemeValue } from '../api/types';
import { colorsOf, PALETTES } from './palettes';
import { decodeTheme, encodeTheme, firstChoice, type ThemeChoice } from './theme';
import { themeSheet, thematicOf } from './theme-sheet';

const choice: ThemeChoice = {
  measure: 'projects', industry: 'elderly-care', year: 2025, method: 'quantile', classes: 4, palette: 'oranges', inverted: true,
};

const theme: Theme = {
  id: 'projects', title: '项目数', title_en: 'Projects', unit: '个', unit_en: 'projects', layer: 'townships', scale: 'count',
  by: ['industry', 'year'], note: '', note_en: '', levels: [],
};

const valued = (...values: (number | null)[]): ThemeValue[] => values.map((value, i) => ({
  value,
  place: { id: `p${i}`, name: `地${i}`, name_en: null, kind: { id: 'township', zh: '乡镇', en: 'Township' }, accuracy: null, county: null, point: null },
} as unknown as ThemeValue));

describe('the_link_of_a_thematic_map', () => {
  it('reads_like_what_it_says', () => {
    expect(encodeTheme(choice)).toBe('projects~quantile~4~oranges-inverted~elderly-care~2025');
    expect(encodeTheme(firstChoice('herb-kinds'))).toBe('herb-kinds~jenks~5~ylgnbu');
    expect(encodeTheme({ ...firstChoice('projects'), year: 2025 })).toBe('projects~jenks~5~ylgnbu~~2025');
  });

  it('gives_back_what_was_chosen', () => {
    for (const one of [choice, firstChoice('tasks'), { ...choice, industry: null }, { ...choice, measure: 'field:my layer:产值~%（亿元）' }]) {
      expect(decodeTheme(encodeTheme(one))).toEqual(one);
    }
  });

  it('takes_what_is_garbled_for_absent', () => {
    expect(decodeTheme(null)).toBeNull();
    expect(decodeTheme('')).toBeNull();
    expect(decodeTheme('~jenks~5')).toBeNull();
    expect(decodeTheme('projects')).toEqual(firstChoice('projects'));
    expect(decodeTheme('projects~best~99~mauve~~soon')).toEqual(firstChoice('projects'));
  });
});

describe('a_thematic_sheet', () => {
  it('counts_every_place_in_exactly_one_class_of_its_legend', () => {
    const { classes, rows } = themeSheet(theme, valued(0, 0, 1, 2, 3, 9, 10, 30, null), { ...choice, method: 'jenks', classes: 4 });
    expect(classes.map(({ count }) => count)).toEqual([2, 3, 2, 1, 1]);
    expect(rows.map(({ of }) => of)).toEqual([0, 0, 1, 1, 1, 2, 2, 3, 4]);
    expect(classes.map(({ label }) => label?.zh)).toEqual(['0', '1 – 8', '9 – 29', '30', undefined]);
    expect(classes.map(({ color }) => color === null)).toEqual([false, false, false, false, true]);
  });

  it('says_of_decimals_to_which_side_a_limit_belongs', () => {
    const sheet = themeSheet({ ...theme, scale: 'number' }, valued(0.5, 0.75, 1.25, 1.5), { ...choice, method: 'equal', classes: 4 });
    expect(sheet.classes.map(({ label }) => label?.en)).toEqual(['0.5 – <0.75', '0.75 – <1', '1 – <1.25', '1.25 – 1.5']);
  });

  it('keeps_nought_in_line_where_it_is_a_number_like_any_other', () => {
    const sheet = themeSheet({ ...theme, scale: 'number' }, valued(-5, 0, 5), { ...choice, method: 'equal', classes: 3 });
    expect(sheet.classes).toHaveLength(3);
    expect(sheet.classes.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  });

  it('gives_ranks_their_own_levels_even_where_no_place_has_them', () => {
    const levels = [{ value: 2, label: '二级', label_en: 'Second' }, { value: 1, label: '一级', label_en: '' }, { value: 3, label: '三级', label_en: 'Third' }];
    const sheet = themeSheet({ ...theme, scale: 'rank', levels }, valued(1, 3, 3, 7, null), choice);
    expect(sheet.classes.map(({ label, count }) => [label?.en, count])).toEqual([['Third', 2], ['Second', 0], ['一级', 1], [undefined, 2]]);
    expect(thematicOf(sheet, 'en').labels).toEqual({ p0: '一级', p1: 'Third', p2: 'Third', p3: '—', p4: '—' });
  });

  it('writes_letters_on_the_map_for_levels_that_take_many_words', () => {
    const levels = [{ value: 2, label: '中心', label_en: 'Regional medical centre' }, { value: 1, label: '医院', label_en: 'Hospital' }];
    const sheet = themeSheet({ ...theme, scale: 'rank', levels }, valued(1, 2, null), choice);
    expect(thematicOf(sheet, 'zh').labels).toEqual({ p0: '医院', p1: '中心', p2: '—' });
    expect(thematicOf(sheet, 'en').labels).toEqual({ p0: 'B', p1: 'A', p2: '—' });
    expect(sheet.classes.map(({ mark }) => mark.en)).toEqual(['A', 'B', null]);
  });

  it('leaves_a_place_without_a_value_uncoloured_but_not_unsaid', () => {
    const thematic = thematicOf(themeSheet(theme, valued(3, null), choice), 'zh');
    expect(Object.keys(thematic.colors)).toEqual(['p0']);
    expect(thematic.labels).toEqual({ p0: '3', p1: '—' });
  });

  it('shares_its_classes_with_another_map_where_both_are_compared', () => {
    const before = valued(1, 2, 3);
    const after = valued(4, 9, 12);
    const basis = [...before, ...after];
    const labels = (values: ThemeValue[]) => themeSheet(theme, values, choice, basis).classes.map(({ label }) => label?.zh);
    expect(labels(before)).toEqual(labels(after));
  });
});

describe('palettes', () => {
  const lightness = (hex: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  it('give_each_class_its_own_colour_darkening_steadily', () => {
    for (const palette of PALETTES) {
      for (let classes = 1; classes <= 7; classes++) {
        const colors = colorsOf(palette, classes, false);
        expect(new Set(colors).size).toBe(classes);
        expect(colors.map(lightness)).toEqual(colors.map(lightness).sort((a, b) => b - a));
        expect(colorsOf(palette, classes, true).every((color) => /^#[0-9a-f]{6}$/.test(color))).toBe(true);
      }
    }
  });

  it('turn_round_on_demand', () => {
    expect(colorsOf('bupu', 5, true)).toEqual([...colorsOf('bupu', 5, false)].reverse());
  });
});
