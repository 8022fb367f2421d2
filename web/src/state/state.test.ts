import { describe, expect, test } from 'vitest';
import type { Layer } from '../api/types';
import { pick, preferred } from './language';
import { defaultChoice, effectiveChoice, isVisible, knownOnly, withOpacity, withVisibility } from './layers';
import { metresPerPixel, scaleBar } from './scale';
import { NOTHING, reduceSelection, sameSelection, type Selection } from './selection';

const layer = (id: string, visible: boolean): Layer => ({ id, visible }) as Layer;

describe('the selection', () => {
  const place: Selection = { kind: 'place', id: '500235143' };

  test('choosing_replaces_what_was_chosen', () => {
    expect(reduceSelection(place, { type: 'choose', kind: 'project', id: 'PJ001' })).toEqual({ kind: 'project', id: 'PJ001' });
  });

  test('choosing_the_same_again_changes_nothing_so_history_gets_no_entry', () => {
    expect(reduceSelection(place, { type: 'choose', kind: 'place', id: '500235143' })).toBe(place);
  });

  test('clearing_gives_nothing_and_clearing_nothing_changes_nothing', () => {
    expect(reduceSelection(place, { type: 'clear' })).toBe(NOTHING);
    expect(reduceSelection(NOTHING, { type: 'clear' })).toBe(NOTHING);
  });

  test('a_place_and_a_project_of_one_id_are_two_things', () => {
    expect(sameSelection(place, { kind: 'project', id: '500235143' })).toBe(false);
  });
});

describe('the layers', () => {
  const layers = [layer('townships', true), layer('herbs', true), layer('medical', false)];

  test('without_a_choice_the_atlas_decides', () => {
    expect(effectiveChoice(null, layers)).toEqual({ townships: 100, herbs: 100 });
    expect(defaultChoice(layers)).toEqual({ townships: 100, herbs: 100 });
  });

  test('hiding_and_showing_again_forgets_the_opacity_and_only_that_layer_changes', () => {
    const faint = withOpacity(defaultChoice(layers), 'herbs', 40);
    expect(faint).toEqual({ townships: 100, herbs: 40 });
    const hidden = withVisibility(faint, ['herbs'], false);
    expect(isVisible(hidden, 'herbs')).toBe(false);
    expect(withVisibility(hidden, ['herbs'], true)).toEqual({ townships: 100, herbs: 100 });
  });

  test('showing_a_group_keeps_the_opacity_of_what_was_visible', () => {
    expect(withVisibility({ herbs: 40 }, ['herbs', 'medical'], true)).toEqual({ herbs: 40, medical: 100 });
  });

  test('unknown_ids_are_dropped_and_a_choice_of_nothing_else_is_none', () => {
    expect(knownOnly({ herbs: 40, nonsense: 100 }, layers)).toEqual({ herbs: 40 });
    expect(knownOnly({ nonsense: 100 }, layers)).toBeNull();
    expect(knownOnly({}, layers)).toEqual({});
    expect(knownOnly(null, layers)).toBeNull();
  });

  test('an_opacity_stays_between_0_and_100', () => {
    expect(withOpacity({}, 'herbs', 130)).toEqual({ herbs: 100 });
    expect(withOpacity({}, 'herbs', -5)).toEqual({ herbs: 0 });
  });
});

describe('the language', () => {
  test('a_missing_english_name_falls_back_to_chinese_and_says_so', () => {
    expect(pick('en', '堰坪镇', null)).toEqual({ text: '堰坪镇', lang: 'zh' });
    expect(pick('en', '堰坪镇', 'Yanping Town')).toEqual({ text: 'Yanping Town', lang: 'en' });
    expect(pick('zh', '堰坪镇', 'Yanping Town')).toEqual({ text: '堰坪镇', lang: 'zh' });
  });

  test('the_browser_decides_only_between_the_two_and_chinese_is_the_default', () => {
    expect(preferred(['de-DE', 'en-US', 'zh-CN'])).toBe('en');
    expect(preferred(['zh-Hans-CN', 'en'])).toBe('zh');
    expect(preferred(['de'])).toBe('zh');
  });
});

describe('the scale bar', () => {
  test('a_pixel_at_the_equator_at_zoom_0_is_a_512th_of_the_way_round', () => {
    expect(metresPerPixel(0, 0)).toBeCloseTo(78271.5, 0);
  });

  test.each([5, 8.31, 11, 14.7, 18])('it_is_a_round_number_that_fits_at_zoom_%s', (zoom) => {
    const { metres, pixels } = scaleBar(31, zoom, 150);
    expect(String(metres)).toMatch(/^[125]0*$/);
    expect(pixels).toBeGreaterThan(50);
    expect(pixels).toBeLessThanOrEqual(150);
  });
});
