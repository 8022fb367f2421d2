import { describe, expect, it } from 'vitest';
import { asGuest, decodeMemory, keepMemory, memoryOf, putBack, recall, restoreDefaults, withMemory, type Shelf } from './memory';
import { USUAL_PICTURE } from './picture';
import { createStore } from './store';
import { decodeState, EMPTY_STATE } from './url';

function shelfWith(text: string | null = null): Shelf & { text: string | null } {
  return {
    text,
    getItem() {
      return this.text;
    },
    setItem(_: string, value: string) {
      this.text = value;
    },
    removeItem() {
      this.text = null;
    },
  };
}

const opened = (search: string, text: string | null) => {
  const memory = decodeMemory(text);
  const store = createStore(withMemory(decodeState(search), memory, search === ''), 'zh');
  putBack(store.settings, memory);
  return store;
};

describe('what the browser remembers', () => {
  it('a_bare_address_opens_as_it_was_left', () => {
    const store = opened('', '{"language":"en","layers":{"herbs":60},"drawer":"ask","ground":"img","look":"dark","colours":"safe","dockHeight":60,"shortcuts":false}');
    expect(store.language.value).toBe('en');
    expect(store.layers.value).toEqual({ herbs: 60 });
    expect(store.drawer.value).toBe('ask');
    expect(store.ground.value).toBe('img');
    expect([store.settings.look.value, store.settings.colours.value, store.settings.dockHeight.value, store.settings.shortcuts.value]).toEqual(['dark', 'safe', 60, false]);
  });

  it('a_link_shows_what_it_says', () => {
    const kept = '{"language":"en","layers":{"herbs":60},"drawer":"ask","ground":"img","look":"dark"}';
    const store = opened('?lang=zh&at=31,109,9', kept);
    expect(store.language.value).toBe('zh');
    expect(store.layers.value).toBeNull();
    expect(store.drawer.value).toBe('layers');
    expect(store.ground.value).toBeNull();
    expect(store.settings.look.value).toBe('dark');
    expect(opened('?at=31,109,9', kept).language.value).toBe('en');
  });

  it('map_pictures_are_made_as_last_time_until_defaults_are_restored', () => {
    const shelf = shelfWith();
    const store = opened('', '{"picture":{"size":"a1","scale":50000,"file":"doc"}}');
    expect(store.settings.picture.value).toEqual({ ...USUAL_PICTURE, size: 'a1', scale: 50_000 });
    const stop = keepMemory(store, shelf);
    expect(recall(shelf)).toEqual({ picture: { size: 'a1', scale: 50_000 } });
    restoreDefaults(store);
    stop();
    expect(shelf.text).toBeNull();
    expect(store.settings.picture.value).toEqual(USUAL_PICTURE);
  });

  it('what_is_written_is_read_again', () => {
    const shelf = shelfWith();
    const store = opened('', null);
    const stop = keepMemory(store, shelf);
    expect(shelf.text).toBeNull();
    store.language.value = 'en';
    store.layers.value = { townships: 100, herbs: 35 };
    store.settings.look.value = 'dark';
    store.settings.keys.value = { img: 'abc' };
    stop();
    expect(recall(shelf)).toEqual({ language: 'en', layers: { townships: 100, herbs: 35 }, look: 'dark', keys: { img: 'abc' } });
  });

  it('restoring_the_defaults_leaves_nothing_behind', () => {
    const shelf = shelfWith();
    const store = opened('', '{"language":"en","drawer":"mine","look":"light","dockHeight":70,"keys":{"img":"abc"}}');
    keepMemory(store, shelf);
    expect(shelf.text).not.toBeNull();
    restoreDefaults(store);
    expect(memoryOf(store)).toEqual({});
    expect(shelf.text).toBeNull();
  });

  it('nothing_breaks_where_nothing_is_kept', () => {
    const store = opened('', null);
    const full: Shelf = { getItem: () => null, removeItem: () => undefined, setItem: () => { throw new Error('QuotaExceededError'); } };
    keepMemory(store, full);
    store.language.value = 'en';
    expect(store.settings.kept.value).toBe(false);
    keepMemory(store, null);
    expect(store.settings.kept.value).toBe(false);
    expect(recall(null)).toEqual({});
  });

  it('rubbish_counts_as_forgotten', () => {
    for (const text of ['', '{', '[]', 'null', '7', '{"language":"fr","layers":[1],"look":"pink","dockHeight":"high","keys":{"a":1}}']) {
      const { layers, language, look, dockHeight } = decodeMemory(text);
      expect([layers, language, look, dockHeight]).toEqual([undefined, undefined, undefined, undefined]);
    }
    expect(decodeMemory('{"layers":{"a":200,"b":50,"c":"x"},"dockHeight":99}')).toEqual({ layers: { b: 50 }, dockHeight: 80 });
    expect(withMemory(EMPTY_STATE, {}, true).layers).toBeNull();
  });
});

it('a_share_link_leaves_what_was_remembered_as_it_was', () => {
  expect(asGuest({ language: 'en', layers: { herbs: 100 }, look: 'dark' }, { language: 'zh', drawer: 'ask', shortcuts: false })).toEqual({ language: 'zh', drawer: 'ask', look: 'dark' });
});
