import { expect, test } from 'vitest';
import { reportAddress } from './report';

test('a report is asked for by its kind, its format and the language', () => {
  expect(reportAddress({ kind: 'place', place: '500235143' }, 'pdf', 'zh')).toBe('/reports/place.pdf?place=500235143&lang=zh');
  expect(reportAddress({ kind: 'comparison', places: ['a:b', 'c'], radius: 10000 }, 'xlsx', 'en')).toBe('/reports/comparison.xlsx?places=a%3Ab%2Cc&radius=10000&lang=en');
  expect(reportAddress({ kind: 'layer', layer: 'herbs', county: null }, 'html', 'zh')).toBe('/reports/layer.html?layer=herbs&lang=zh');
});

test('the link of a brochure keeps its own query', () => {
  const address = reportAddress({ kind: 'site', place: 'yunyang:huangshi', radius: 20000, link: 'http://h/?site=yunyang:huangshi&radius=20' }, 'pdf', 'zh');
  expect(new URL(address, 'http://h').searchParams.get('link')).toBe('http://h/?site=yunyang:huangshi&radius=20');
});
