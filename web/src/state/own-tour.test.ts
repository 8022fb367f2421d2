import { describe, expect, it } from 'vitest';
import { changedStop, decodeOwnTour, keepOwnTour, movedStop, NO_TOUR, withoutStop, withStop } from './own-tour';
import { createStore } from './store';
import { EMPTY_STATE } from './url';

const stop = (title: string) => ({
  title, title_en: '', caption: '', caption_en: '', plan: null, section: null, center: [108.7, 30.95] as [number, number], zoom: 11, bearing: 0, pitch: 0,
  layers: ['counties'], places: [], records: [],
});
const tour = ['甲', '乙', '丙'].reduce((own, title) => withStop(own, stop(title)), NO_TOUR);
const titles = (own: typeof tour): string => own.stops.map(({ title }) => title).join('');

function shelf() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  };
}

describe('a tour of one\'s own', () => {
  it('stops_are_added_moved_changed_and_removed', () => {
    expect(titles(tour)).toBe('甲乙丙');
    expect(titles(movedStop(tour, 2, -1))).toBe('甲丙乙');
    expect(titles(movedStop(tour, 0, -1))).toBe('甲乙丙');
    expect(titles(withoutStop(tour, 1))).toBe('甲丙');
    expect(titles(changedStop(tour, 1, { title: '丁' }))).toBe('甲丁丙');
  });

  it('it_is_there_again_at_the_next_visit', () => {
    const kept = shelf();
    const store = createStore(EMPTY_STATE, 'zh');
    keepOwnTour(store, kept);
    store.presenting.own.value = tour;
    const next = createStore(EMPTY_STATE, 'zh');
    keepOwnTour(next, kept);
    expect(next.presenting.own.value).toEqual(tour);
    next.presenting.own.value = NO_TOUR;
    expect(kept.kept.size).toBe(0);
  });

  it('a_browser_that_keeps_nothing_is_no_reason_to_fail', () => {
    const store = createStore(EMPTY_STATE, 'zh');
    keepOwnTour(store, null);
    store.presenting.own.value = tour;
    expect(titles(store.presenting.own.value)).toBe('甲乙丙');
  });

  it('what_does_not_look_like_a_tour_is_forgotten', () => {
    for (const text of [null, '', 'x', '[]', '{"stops":3}', 'null']) expect(decodeOwnTour(text)).toEqual(NO_TOUR);
    const mixed = decodeOwnTour(JSON.stringify({ title: '题', stops: [stop('好'), { title: '无处' }, null, { ...stop('坏'), layers: [1, 'roads'], records: [{ id: 3 }] }] }));
    expect(titles({ ...NO_TOUR, ...mixed })).toBe('好坏');
    expect(mixed.stops[1]?.layers).toEqual(['roads']);
    expect(mixed.stops[1]?.records).toEqual([]);
  });
});
