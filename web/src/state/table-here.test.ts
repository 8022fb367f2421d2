import { batch } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { createStore, type Store } from './store';
import { followSelection } from './table-here';
import { HERE, withToggled, WHOLE_TABLE } from './table';
import { EMPTY_STATE } from './url';

const at = (store: Store): string | undefined => store.table.value.filters[HERE]?.[0];

function open(chosenHere: (id: string) => boolean = () => false): Store {
  const store = createStore({ ...EMPTY_STATE, dock: { kind: 'table', table: 'projects' } }, 'zh');
  followSelection(store, chosenHere);
  return store;
}

describe('map selection and table', () => {
  test('a_click_on_the_map_narrows_the_table_the_next_one_moves_it_and_empty_ground_frees_it', () => {
    const store = open();
    store.pick('500235143', [108, 31]);
    expect(at(store)).toBe('500235143');
    store.pick('500235121', [108, 31]);
    expect(at(store)).toBe('500235121');
    store.select({ type: 'clear' });
    expect(at(store)).toBeUndefined();
  });

  test('opening_a_record_or_closing_it_leaves_the_table_as_it_is', () => {
    const store = open();
    store.pick('500235143', [108, 31]);
    store.follow('project', 'PJ001');
    expect(at(store)).toBe('500235143');
    store.select({ type: 'clear' });
    expect(at(store)).toBe('500235143');
  });

  test('a_place_opened_from_the_table_does_not_narrow_it', () => {
    const store = open((id) => id === '500235143');
    store.follow('place', '500235143');
    expect(at(store)).toBeUndefined();
  });

  test('a_filter_that_was_taken_off_stays_off_until_another_place_is_chosen', () => {
    const store = open();
    store.pick('500235143', [108, 31]);
    store.table.value = withToggled(store.table.value, HERE, '500235143');
    expect(at(store)).toBeUndefined();
    store.pick('500235121', [108, 31]);
    expect(at(store)).toBe('500235121');
  });

  test('going_back_restores_what_the_address_says_and_adds_nothing', () => {
    const store = open();
    batch(() => {
      store.selection.value = { kind: 'place', id: '500235143' };
      store.table.value = { ...WHOLE_TABLE, words: '医' };
    });
    expect(store.table.value).toEqual({ ...WHOLE_TABLE, words: '医' });
  });

  test('a_table_that_opens_while_a_place_is_selected_begins_there', () => {
    const store = createStore({ ...EMPTY_STATE, selection: { kind: 'place', id: '500235143' } }, 'zh');
    store.openDock({ kind: 'table', table: 'projects' });
    expect(at(store)).toBe('500235143');
    store.openDock({ kind: 'table', table: 'tasks' });
    expect(at(store)).toBe('500235143');
    store.closeDock();
    expect(at(store)).toBeUndefined();
  });
});
