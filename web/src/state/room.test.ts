import { describe, expect, test } from 'vitest';
import { aroundWhat, decodeRoom, encodeRoom, isComparable, pointId, toggled, USUAL_ROOM, type RoomAddress } from './room';

const at = { drawer: 'sites', dock: { kind: 'sites' }, selection: { kind: 'site', id: 'a' } } as const;
const read = (address: string): RoomAddress => decodeRoom(new URLSearchParams(address));
const written = (room: RoomAddress, where: Parameters<typeof encodeRoom>[1] = at): string => encodeRoom(room, where).map((pair) => pair.join('=')).join('&');

describe('the room in the address', () => {
  test('survives it', () => {
    const room: RoomAddress = { radius: 5_000, compared: ['yunyang:a', 'b'], industry: '药品生产', words: '港 口' };
    expect(written(room)).toBe('industry=药品生产&site-words=港 口&radius=5&sites=yunyang:a,b');
    expect(read(written(room))).toEqual(room);
    expect(written(USUAL_ROOM)).toBe('');
  });

  test('tells only what is in use', () => {
    const room: RoomAddress = { radius: 5_000, compared: [], industry: 'x', words: 'y' };
    expect(written(room, { drawer: 'layers', dock: { kind: 'none' }, selection: { kind: 'place', id: 'a' } })).toBe('');
    expect(written(room, { drawer: 'layers', dock: { kind: 'none' }, selection: { kind: 'around', id: 'a' } })).toBe('radius=5');
  });

  test('takes no radius that cannot be chosen, and no more sites than can stand side by side', () => {
    for (const wrong of ['radius=7', 'radius=x', 'radius=', 'radius=-5']) expect(read(wrong).radius).toBe(20_000);
    expect(read('sites=a,b,,a,c,d,e').compared).toEqual(['a', 'b', 'c', 'd']);
  });
});

test('sites are ticked and unticked, four at most', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  const four = ['a', 'b', 'c', 'd'];
  expect(toggled(four, 'e')).toBe(four);
  expect([[], ['a'], ['a', 'b'], four].map(isComparable)).toEqual([false, false, true, true]);
});

test('what a link about surroundings names is a place or a point', () => {
  expect(aroundWhat('500235143')).toEqual({ place: '500235143' });
  expect(aroundWhat('yunyang:longgang')).toEqual({ place: 'yunyang:longgang' });
  expect(aroundWhat(pointId([108.6933149, 30.9311701]))).toEqual({ point: [108.69331, 30.93117] });
});
