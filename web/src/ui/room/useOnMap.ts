/** Shows places on the map above all others, also those of hidden layers, as long as the list of them is open. */
import { useEffect } from 'preact/hooks';
import { useAtlas } from '../context';

/** `null` leaves the map as it is. */
export function useOnMap(ids: readonly string[] | null): void {
  const { store } = useAtlas();
  useEffect(() => {
    if (!ids) return undefined;
    const found = new Set(ids);
    store.found.value = found;
    return () => {
      // A table or a question may have found something of its own meanwhile.
      if (store.found.peek() === found) store.found.value = null;
    };
  }, [ids?.join()]);
}

/** While a card tells of its surroundings, or a dock of what it has found, the list leaves the map to them. */
export function useListOnMap(ids: readonly string[]): void {
  const { store } = useAtlas();
  const { kind } = store.selection.value;
  const left = kind === 'site' || kind === 'around' || store.dock.value.kind === 'table' || store.dock.value.kind === 'sites';
  useOnMap(left || ids.length === 0 ? null : ids);
}
