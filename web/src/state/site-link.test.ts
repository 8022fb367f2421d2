import { expect, test } from 'vitest';
import { USUAL_ROOM } from './room';
import { siteLink } from './site-link';
import { decodeState } from './url';

const view = { lon: 108.69332, lat: 30.93295, zoom: 10.25, bearing: 0 };
const seen = { view, layers: { townships: 100, herbs: 60 }, room: { ...USUAL_ROOM, radius: 10_000, compared: ['a', 'b'] } };

test('a brochure leads back to the card with the map as it was seen, and to nothing else', () => {
  const link = siteLink('http://atlas.test/', 'yunyang:shuikou-cluster', 'en', seen);
  expect(link).toBe('http://atlas.test/?lang=en&at=30.93295,108.69332,10.25&layers=townships,herbs~60&site=yunyang:shuikou-cluster&drawer=sites&radius=10');
  expect(decodeState(new URL(link).search)).toMatchObject({ selection: { kind: 'site', id: 'yunyang:shuikou-cluster' }, room: { radius: 10_000, compared: [] } });
});

test('where the address would be too long for a code, the card alone remains', () => {
  const layers = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`layer-number-${i}`, 100]));
  expect(siteLink('http://atlas.test/', 'a', 'zh', { ...seen, layers })).toBe('http://atlas.test/?lang=zh&site=a&drawer=sites&radius=10');
});
