/**
 * Keys of drawing: Escape puts the tool down, Enter finishes, Ctrl/⌘+Z takes a step back and Ctrl/⌘+Y or
 * Ctrl/⌘+Shift+Z makes it again. Fields keep their keys, buttons their Enter.
 */
import { useEffect } from 'preact/hooks';
import { useAtlas } from '../../context';

export function useDrawingKeys(): void {
  const { store } = useAtlas();
  const { ask } = store;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || store.dialog.value || keepsKey(event)) return;
      const action = actionOf(event);
      if (!action) return;
      event.preventDefault();
      // The page's own Escape would close something else as well.
      event.stopPropagation();
      action();
    };
    const actionOf = (event: KeyboardEvent): (() => void) | null => {
      const atWork = ask.atWork.value;
      if (event.key === 'Escape') return atWork ? () => ask.rest() : null;
      if (event.key === 'Enter') return atWork && !isButton(event.target) ? () => (ask.tool.value ? (ask.gesture.value = 'finish') : ask.rest()) : null;
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (store.drawer.value !== 'ask' && !atWork)) return null;
      const key = event.key.toLowerCase();
      if (key === 'z') return () => (event.shiftKey ? ask.again() : ask.back());
      return key === 'y' ? () => ask.again() : null;
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, []);
}

/** A field keeps its keys; of these Escape only while it closes a list of its own. */
const keepsKey = ({ key, target }: KeyboardEvent): boolean =>
  isField(target) && (key !== 'Escape' || (target as HTMLElement).getAttribute('aria-expanded') === 'true');

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (/^(TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable
    || (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)));

const isButton = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('button, summary, a') !== null;
