import { expect, test } from 'vitest';
import { directionInWords } from './compass';

test.each([
  [0, '北 0°', 'north 0°'], [22.4, '北 22°', 'north 22°'], [22.6, '东北 23°', 'north-east 23°'], [45, '东北 45°', 'north-east 45°'],
  [90, '东 90°', 'east 90°'], [135, '东南 135°', 'south-east 135°'], [180, '南 180°', 'south 180°'], [225, '西南 225°', 'south-west 225°'],
  [270, '西 270°', 'west 270°'], [315, '西北 315°', 'north-west 315°'], [359.7, '北 0°', 'north 0°'], [-45, '西北 315°', 'north-west 315°'],
])('%d_degrees_is_%s_or_%s', (degrees, zh, en) => {
  expect(directionInWords(degrees, 'zh')).toBe(zh);
  expect(directionInWords(degrees, 'en')).toBe(en);
});
