/**
 * Map selection → table: while a table is open, choosing a place on the map, in the search or in a panel
 * narrows the table to what concerns that place. Choosing a row does not: the table stays as it is.
 */
import { effect } from '@preact/signals';
import { HERE, withValues } from './table';
import type { Store } from './store';

/** `chosenHere` says whether the table itself chose the place. Runs until it is stopped. */
export function followSelection(store: Store, chosenHere: (id: string) => boolean): () => void {
  let selected = store.selection.peek();
  let choice = store.table.peek();
  return effect(() => {
    const before = selected;
    const known = choice;
    selected = store.selection.value;
    choice = store.table.value;
    // Both at once: the reader went back or forward, and the address has said how the table was.
    if (selected === before || choice !== known) return;
    if (selected.kind === 'place') {
      if (!chosenHere(selected.id)) choice = store.table.value = withValues(choice, HERE, [selected.id]);
    } else if (selected.kind === 'none' && before.kind === 'place' && choice.filters[HERE]?.[0] === before.id) {
      choice = store.table.value = withValues(choice, HERE, []);
    }
  });
}
