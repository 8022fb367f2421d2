import { expect, test } from 'vitest';
import { sharedOut } from './found';

const members = { parks: ['a', 'b'], sites: ['a', 'b', 'c'], medical: ['d'], townships: ['c'] };
const shared = (found: readonly string[] | null, visible: readonly string[], hidden: readonly string[]): object =>
  Object.fromEntries(sharedOut(found && new Set(found), visible, hidden, members));

test('a found place that several hidden layers hold is drawn by the first of them', () => {
  expect(shared(['a', 'c', 'd'], [], ['sites', 'parks', 'medical'])).toEqual({ sites: ['a', 'c'], parks: [], medical: ['d'] });
});

test('hidden layers add nothing that a visible one shows', () => {
  expect(shared(['a', 'c'], ['parks', 'townships'], ['sites', 'medical'])).toEqual({ parks: ['a'], townships: ['c'], sites: [], medical: [] });
});

test('a layer whose places are not known tries all, and takes nothing from the others', () => {
  expect(shared(['a', 'd'], [], ['huge', 'sites', 'medical'])).toEqual({ huge: ['a', 'd'], sites: ['a'], medical: ['d'] });
});

test('where nothing is sought, nothing is told apart', () => {
  expect(shared(null, ['parks'], ['sites'])).toEqual({ parks: null, sites: null });
});
