import { describe, expect, test } from 'vitest';
import { decodeShortlist, merged, movedKept, readShortlist, shortlistFile, withKept, withNote, withoutKept, type Shortlist } from './shortlist';

const list: Shortlist = [{ place: 'a', note: '甲' }, { place: 'b', note: '' }, { place: 'c', note: 'third' }];

test('a site is kept once, moved, noted and dropped', () => {
  expect(withKept(list, 'b')).toBe(list);
  expect(withKept(list, 'd').at(-1)).toEqual({ place: 'd', note: '' });
  expect(movedKept(list, 2, -1).map(({ place }) => place)).toEqual(['a', 'c', 'b']);
  expect(movedKept(list, 0, -1)).toBe(list);
  expect(movedKept(list, 2, 1)).toBe(list);
  expect(withNote(list, 'b', 'by the port')[1]).toEqual({ place: 'b', note: 'by the port' });
  expect(withoutKept(list, 'a').map(({ place }) => place)).toEqual(['b', 'c']);
});

describe('the file', () => {
  const text = shortlistFile(list, (place) => (place === 'a' ? '黄石组团' : null), 'v1', new Date('2026-11-27T02:00:00Z'));

  test('comes back as it went', () => {
    expect(readShortlist(text)).toEqual({ ok: true, list });
    expect(readShortlist(`\uFEFF${text}`)).toEqual({ ok: true, list });
    expect(JSON.parse(text)).toMatchObject({ data_version: 'v1', sites: [{ place: 'a', name: '黄石组团' }, { name: null }, {}] });
  });

  test('is refused with its reason', () => {
    const faultOf = (content: string): string => {
      const read = readShortlist(content);
      return read.ok ? 'none' : read.fault;
    };
    expect(faultOf('')).toBe('notJson');
    expect(faultOf('name,note\na,b')).toBe('notJson');
    for (const other of ['null', '[]', '{"type":"FeatureCollection"}', '{"format":"plan-atlas-shortlist"}']) expect(faultOf(other)).toBe('notShortlist');
    expect(faultOf('{"format":"plan-atlas-shortlist","version":2,"sites":[]}')).toBe('newer');
    expect(faultOf('{"format":"plan-atlas-shortlist","version":1,"sites":[{"note":"x"},7]}')).toBe('empty');
  });
});

test('reading a file loses nothing of one’s own', () => {
  const read: Shortlist = [{ place: 'b', note: 'seen' }, { place: 'a', note: '乙' }, { place: 'c', note: 'third' }, { place: 'd', note: 'new' }, { place: 'gone', note: '' }];
  const { list: joined, added, unknown } = merged(list, read, new Set(['a', 'b', 'c', 'd']));
  expect(joined).toEqual([{ place: 'a', note: '甲\n乙' }, { place: 'b', note: 'seen' }, { place: 'c', note: 'third' }, { place: 'd', note: 'new' }]);
  expect([added, unknown]).toEqual([1, ['gone']]);
  // Reading the same file again changes nothing.
  expect(merged(joined, read, new Set(['a', 'b', 'c', 'd'])).list).toEqual(joined);
});

test('what the browser has kept is taken out again, whatever it looks like', () => {
  expect(decodeShortlist(JSON.stringify(list))).toEqual(list);
  expect(decodeShortlist('[{"place":"a"},{"place":""},{"place":7},"x",{"place":"a","note":"twice"}]')).toEqual([{ place: 'a', note: 'twice' }]);
  for (const wrong of [null, '', '{', '{"a":1}', 'null']) expect(decodeShortlist(wrong)).toEqual([]);
});
