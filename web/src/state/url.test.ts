import { describe, expect, test } from 'vitest';
import { USUAL_ROOM } from './room';
import { decodeState, EMPTY_STATE, encodeState, type AtlasState } from './url';

const full: AtlasState = {
  language: 'en',
  view: { lon: 108.69332, lat: 30.93295, zoom: 10.25, bearing: -15.5 },
  layers: { townships: 100, herbs: 60, 'my layer,odd~name': 100 },
  selection: { kind: 'place', id: 'yunyang:longgang' },
  drawer: 'ask',
  dock: { kind: 'table', table: 'projects' },
  table: { filters: { industry: ['elderly-care', 'general'], due: ['2025'] }, words: '医院', sort: { column: 'due', descending: true } },
  theme: null, ask: null, tour: { tour: 'yunyang', stop: 3 }, ground: 'tianditu-img',
  room: { radius: 20_000, compared: ['yunyang:huangshi', '500235142'], industry: null, words: '' }, columns: ['500235004', '500235143'],
  swipe: { at: 37.5, left: { layers: { townships: 100, herbs: 60 }, year: 2022 }, right: { layers: {}, year: null } },
};

describe('the address', () => {
  test('an_empty_state_has_an_empty_address', () => {
    expect(encodeState(EMPTY_STATE)).toBe('');
    expect(decodeState('')).toEqual(EMPTY_STATE);
  });

  test('every_part_of_the_state_survives_the_address', () => {
    const plain = { ...full, layers: { townships: 100, herbs: 60 } };
    expect(decodeState(encodeState(plain))).toEqual(plain);
  });

  test('an_address_reads_like_what_it_says', () => {
    expect(encodeState({ ...full, layers: { townships: 100, herbs: 60 }, ground: null, columns: [], room: USUAL_ROOM, swipe: null, tour: null })).toBe(
      '?lang=en&at=30.93295,108.69332,10.25,-15.5&layers=townships,herbs~60&place=yunyang:longgang&drawer=ask&dock=table:projects&filter=industry:elderly-care,general;due:2025&words=%E5%8C%BB%E9%99%A2&sort=-due',
    );
  });

  test('hiding_every_layer_is_not_the_same_as_saying_nothing_of_layers', () => {
    const hidden = encodeState({ ...EMPTY_STATE, layers: {} });
    expect(hidden).toBe('?layers=');
    expect(decodeState(hidden).layers).toEqual({});
    expect(decodeState('?lang=zh').layers).toBeNull();
  });

  test.each(['project', 'target', 'task', 'organisation', 'discrepancy'] as const)('a_selected_%s_survives', (kind) => {
    const state = { ...EMPTY_STATE, selection: { kind, id: 'PJ001' } };
    expect(decodeState(encodeState(state))).toEqual(state);
  });

  test('a_chinese_id_survives_what_a_chat_program_does_to_links', () => {
    const state = { ...EMPTY_STATE, selection: { kind: 'place', id: 'yunyang:云 & 阳?' } as const };
    expect(decodeState(encodeState(state))).toEqual(state);
  });

  test.each(['?at=north,east,9', '?at=30.9', '?at=99,108,9', '?at=30.9,108.7,99', '?at=', '?lang=fr', '?place='])(
    'nonsense_counts_as_absent %s',
    (address) => expect(decodeState(address)).toEqual(EMPTY_STATE),
  );

  test('an_opacity_out_of_range_counts_as_full', () => {
    expect(decodeState('?layers=herbs~900,medical~-1,parks~x').layers).toEqual({ herbs: 100, medical: 100, parks: 100 });
  });

  test('a_bearing_is_kept_within_half_a_turn', () => {
    expect(decodeState('?at=30,108,9,350').view?.bearing).toBe(-10);
  });
});
