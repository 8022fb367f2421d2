import { describe, expect, test } from 'vitest';
import type { LonLat } from '../api/types';
import { subjectOf, type Draft } from './question';
import { decodeQuestion, encodeQuestion } from './question-address';
import type { Shape } from './shapes';

const point: Shape = { tool: 'point', point: [108.7, 30.93] };
const line: Shape = { tool: 'line', points: [[108.6, 30.8], [108.9, 31]] };
const polygon: Shape = { tool: 'polygon', ring: [[108.6, 30.8], [109.3, 30.8], [109, 31.2]] };
const herbs = { layer: 'herbs', classes: [] };
const centres = { layer: 'medical', classes: ['medical-centre'] };

const CASES: [string, Draft, Shape | null][] = [
  ['area~polygon~108.6,30.8_109.3,30.8_109,31.2', { kind: 'area' }, polygon],
  ['area~rectangle~108,30,109,31', { kind: 'area' }, { tool: 'rectangle', bounds: [108, 30, 109, 31] }],
  ['area~circle~108.7,30.93~15000', { kind: 'area' }, { tool: 'circle', centre: [108.7, 30.93], metres: 15_000 }],
  ['township~500235143', { kind: 'township', place: '500235143' }, null],
  ['corridor~108.6,30.8_108.9,31~1000', { kind: 'corridor', along: null, metres: 1_000 }, line],
  ['corridor~road:g42~2000', { kind: 'corridor', along: 'road:g42', metres: 2_000 }, null],
  ['around~500235143~5000', { kind: 'around', from: '500235143', metres: 5_000 }, null],
  ['around~108.7,30.93~5000', { kind: 'around', from: null, metres: 5_000 }, point],
  ['nearest~yunyang:longgang', { kind: 'nearest', from: 'yunyang:longgang', what: null }, null],
  ['nearest~108.7,30.93~medical.medical-centre', { kind: 'nearest', from: null, what: centres }, point],
  ['pairs~herbs~medical.medical-centre~farther~15000', { kind: 'pairs', a: herbs, b: centres, than: 'farther', metres: 15_000 }, null],
  ['measure~line~108.6,30.8_108.9,31', { kind: 'measure' }, line],
];

describe('a question in the address', () => {
  test.each(CASES)('reads_%s', (text, draft, shape) => {
    expect(encodeQuestion(draft, shape)).toBe(text);
    expect(decodeQuestion(text)).toEqual({ draft, shape });
  });

  test('a_name_with_the_characters_of_the_address_survives', () => {
    const draft: Draft = { kind: 'pairs', a: { layer: '我的.图层~1', classes: ['a_b', '50%'] }, b: herbs, than: 'nearer', metres: 500 };
    expect(decodeQuestion(encodeQuestion(draft, null))).toEqual({ draft, shape: null });
  });

  test('what_is_not_complete_leaves_its_kind', () => {
    expect(encodeQuestion({ kind: 'around', from: null, metres: 5_000 }, null)).toBe('around');
    expect(decodeQuestion('around')?.draft.kind).toBe('around');
  });

  test('a_drawing_with_very_many_positions_stays_out_of_the_address', () => {
    const points = Array.from({ length: 101 }, (_, i): LonLat => [108 + i / 1000, 31]);
    expect(encodeQuestion({ kind: 'measure' }, { tool: 'line', points })).toBe('measure');
  });

  test.each(['', 'nonsense~1', 'toString'])('nonsense_counts_as_absent %s', (text) => expect(decodeQuestion(text)).toBeNull());

  test.each(['pairs~herbs~medical~beyond~5', 'pairs~~~farther~5', 'around~x~-5', 'around~x~9999999', 'area~polygon~1,2_3', 'area~rectangle~5,5,1,1', 'township~%E0%A4%A', 'area~point~1,2'])(
    'a_mangled_question_leaves_its_kind %s', (text) => {
      const read = decodeQuestion(text);
      expect(read?.draft.kind).toBe(text.split('~')[0]);
      expect(encodeQuestion(read?.draft ?? { kind: 'area' }, read?.shape ?? null)).toBe(text.split('~')[0]);
    },
  );
});

test('a_question_is_about_the_chosen_drawing_else_the_latest_that_fits', () => {
  const drawings = [{ id: 'a', shape: polygon }, { id: 'b', shape: polygon }, { id: 'c', shape: line }];
  expect(subjectOf('area', drawings, 'a')?.id).toBe('a');
  expect(subjectOf('area', drawings, 'c')?.id).toBe('b');
  expect(subjectOf('corridor', drawings, null)?.id).toBe('c');
  expect(subjectOf('around', drawings, null)).toBeNull();
});
