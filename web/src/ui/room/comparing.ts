/** Lays the comparison over the desk: it is read from a distance, so nothing stands beside it at first. */
import type { Store } from '../../state/store';

export function openComparison(store: Store): void {
  store.select({ type: 'clear' });
  store.openDock({ kind: 'sites' });
  store.dockLarge.value = true;
  requestAnimationFrame(() => document.getElementById('dock')?.focus());
}
