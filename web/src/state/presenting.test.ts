import { describe, expect, it } from 'vitest';
import { memoryOf } from './memory';
import { enterTour, leaveTour, showStop } from './presenting';
import { createStore, currentState } from './store';
import { EMPTY_STATE, encodeState } from './url';

const desk = { ...EMPTY_STATE, view: { lon: 108.9, lat: 31, zoom: 9, bearing: 0 }, layers: { herbs: 60 } };
const stop = { layers: ['counties', 'layout'], places: ['yunyang:shuikou-cluster'] };

describe('presenting', () => {
  it('a_stop_puts_its_layers_and_places_on_the_map_and_nothing_else', () => {
    const store = createStore({ ...desk, swipe: { at: 50, left: { layers: {}, year: null }, right: { layers: {}, year: null } } }, 'zh');
    enterTour(store, { tour: 'yunyang', stop: 1 });
    showStop(store, stop);
    expect(store.layers.value).toEqual({ counties: 100, layout: 100 });
    expect([...(store.found.value ?? [])]).toEqual(stop.places);
    expect(store.swipe.value).toBeNull();
  });

  it('the_desk_comes_back_as_it_was', () => {
    const store = createStore(desk, 'zh');
    enterTour(store, { tour: 'yunyang', stop: 2 });
    showStop(store, stop);
    leaveTour(store);
    expect(store.layers.value).toEqual({ herbs: 60 });
    expect(store.found.value).toBeNull();
    expect(store.presenting.at.value).toBeNull();
    expect(store.presenting.last.value).toEqual({ at: { tour: 'yunyang', stop: 2 }, aside: false });
  });

  it('address_and_memory_tell_of_the_desk_and_of_the_stop', () => {
    const store = createStore(desk, 'zh');
    const before = memoryOf(store);
    enterTour(store, { tour: 'yunyang', stop: 2 });
    showStop(store, stop);
    store.view.value = { lon: 108.7, lat: 30.9, zoom: 12, bearing: 0 };
    expect(encodeState(currentState(store))).toContain('at=31,108.9,9&layers=herbs~60&tour=yunyang&stop=2');
    expect(memoryOf(store)).toEqual(before);
  });

  it('a_link_opens_at_the_stop_and_leaving_it_shows_the_desk_of_the_link', () => {
    const store = createStore({ ...desk, tour: { tour: 'yunyang', stop: 3 } }, 'zh');
    enterTour(store, { tour: 'yunyang', stop: 3 });
    showStop(store, stop);
    leaveTour(store);
    expect(store.layers.value).toEqual({ herbs: 60 });
  });

  it('leaving_where_nobody_presents_changes_nothing', () => {
    const store = createStore(desk, 'zh');
    leaveTour(store);
    expect(store.presenting.last.value).toBeNull();
    expect(store.layers.value).toEqual({ herbs: 60 });
  });
});
