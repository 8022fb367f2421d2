import { describe, expect, test } from 'vitest';
import type { Bounds } from '../api/types';
import { readAngle, readPosition, readPositions } from './coordinates';

const NEAR: Bounds = [106, 29, 112, 33];
const at = (text: string): unknown => {
  const read = readPosition(text, NEAR);
  return read.ok ? read.value : read.fault;
};

describe('a position as typed', () => {
  test.each([
    '108.69,30.93', '108.69 30.93', '108.69，30.93', ' １０８．６９ ， ３０．９３ ', '108.69、30.93', '108.69° 30.93°', '108.69º30.93º',
    '108°41′24″, 30°55′48″', `108°41'24"E 30°55'48"N`, `30°55'48"N, 108°41'24"E`, 'E108.69 N30.93', 'N30.93 E108.69', '108.69E30.93N',
    '东经108度41分24秒，北纬30度55分48秒', '北纬30.93 东经108.69', '经度：108.69 纬度：30.93', "108°41.4' 30°55.8'",
  ])('%s_is_read', (text) => expect(at(text)).toEqual([108.69, 30.93]));

  test('latitude_first_without_letters_is_not_guessed', () => expect(at('30.93,108.69')).toBe('swapped'));
  test('a_place_far_away_is_refused', () => expect(at('116.4,39.9')).toBe('outside'));
  test('nothing_is_not_a_position', () => expect(at('  ')).toBe('empty'));
  test.each(['108.69', '108.69,30.93,5', '云阳', '108.69,abc', '108°61′,30°', 'E108.69 E30.93', '108.6930.93', '4500000,36520000x'])(
    '%s_is_unreadable', (text) => expect(at(text)).toBe('unreadable'),
  );
});

describe('positions line by line', () => {
  test('empty_lines_do_not_count', () => {
    expect(readPositions('108.1,30.1\n\n108.2,30.2\r\n', NEAR)).toEqual({ ok: true, value: [[108.1, 30.1], [108.2, 30.2]] });
  });
  test('a_fault_names_its_line', () => {
    expect(readPositions('108.1,30.1\n\nhere', NEAR)).toEqual({ ok: false, fault: 'unreadable', line: 3 });
  });
});

test('an_angle_alone_is_read', () => {
  expect(readAngle('30°30′')).toBe(30.5);
  expect(readAngle('108.5E')).toBe(108.5);
  expect(readAngle('x')).toBeNull();
});
