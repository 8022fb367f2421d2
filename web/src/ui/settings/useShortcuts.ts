/** Binds the keys of `state/shortcuts.ts` and does what they say. */
import { useEffect } from 'preact/hooks';
import { hasServer } from '../../api/client';
import type { Atlas } from '../../api/types';
import type { Drawer } from '../../state/desk';
import { NEEDS_SERVER, shortcutOf, type ShortcutId } from '../../state/shortcuts';
import type { Store } from '../../state/store';
import { useAtlas } from '../context';
import { presentAtOnce } from '../present/start';
import { keepView } from '../tours/keeping';

export function useShortcuts(): void {
  const { store, atlas } = useAtlas();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // An open dialog has the keyboard to itself, and so has a presentation; what has been answered already is done with.
      if (event.defaultPrevented || event.isComposing || store.dialog.value || store.presenting.at.value) return;
      const id = shortcutOf(event, { typing: isTyping(event.target), single: store.settings.shortcuts.value });
      // The focused map zooms by itself.
      if (!id || (event.target instanceof HTMLCanvasElement && (id === 'zoomIn' || id === 'zoomOut'))) return;
      if (!hasServer && NEEDS_SERVER.includes(id)) return;
      if (id !== 'close') event.preventDefault();
      perform(id, store, atlas, () => (store.command.value = { type: 'fit', bounds: [...atlas.bounds], maxZoom: 18 }));
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Where letters are letters. A checkbox, a radio button or a slider is no place to write. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'range', 'button', 'file', 'color'].includes(target.type);
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

function perform(id: ShortcutId, store: Store, atlas: Atlas, showWhole: () => void): void {
  const open = store.dock.value;
  switch (id) {
    case 'search': {
      const box = document.querySelector<HTMLInputElement>('#search');
      box?.focus();
      box?.select();
      return;
    }
    case 'table':
      return open.kind === 'table' ? store.closeDock() : store.openDock({ kind: 'table', table: 'projects' });
    case 'targets':
      return open.kind === 'targets' ? store.closeDock() : store.openDock({ kind: 'targets' });
    case 'layers':
    case 'theme':
    case 'ask':
    case 'compare':
    case 'sites':
    case 'mine':
      return openDrawer(store, id);
    case 'drawer':
      store.layersOpen.value = !store.layersOpen.value;
      return;
    case 'zoomIn':
    case 'zoomOut':
      store.command.value = { type: 'zoom', by: id === 'zoomIn' ? 1 : -1 };
      return;
    case 'whole':
      return showWhole();
    case 'north':
      store.command.value = { type: 'north' };
      return;
    case 'details':
      return store.select({ type: 'clear' });
    case 'enlarge':
      if (open.kind !== 'none') store.dockLarge.value = !store.dockLarge.value;
      return;
    case 'export':
      store.dialog.value = 'export';
      return;
    case 'picture':
      store.dialog.value = 'print';
      return;
    case 'share':
      store.dialog.value = 'share';
      return;
    case 'tours':
      store.dialog.value = 'tours';
      return;
    case 'present':
      return void presentAtOnce(store);
    case 'keep':
      return void keepView(store, atlas);
    case 'print':
      store.settings.printing.value = 'preparing';
      return;
    case 'help':
      store.dialog.value = 'help';
      return;
    case 'close':
      return closeTopmost(store);
  }
}

function openDrawer(store: Store, drawer: Drawer): void {
  store.layersOpen.value = true;
  store.drawer.value = drawer;
  // The tab exists once the drawer has been drawn.
  requestAnimationFrame(() => document.getElementById(`tab-${drawer}`)?.focus());
}

/** The lists at the pointer and a drawing in hand answer to Escape themselves. */
function closeTopmost(store: Store): void {
  if (store.chooser.value || store.room.spot.value || store.ask.tool.value) return;
  if (store.selection.value.kind !== 'none') store.select({ type: 'clear' });
  else if (store.dockLarge.value) store.dockLarge.value = false;
  else if (store.dock.value.kind !== 'none') store.closeDock();
  else store.swipe.value = null;
}
