/** The keyboard belongs to the presenter: it is taken before the map, which would move by the arrow keys. */
import { useEffect } from 'preact/hooks';
import { presenterKey, type PresenterKey } from '../../state/tour';
import { useAtlas } from '../context';

/** `act` says whether the key meant something at this moment. */
export function usePresenterKeys(act: (key: PresenterKey) => boolean): void {
  const { store } = useAtlas();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.isComposing) return;
      const target = event.target instanceof Element ? event.target : null;
      const key = presenterKey(event, { onButton: target?.closest('button, a, summary') != null, single: store.settings.shortcuts.value });
      if (!key || !act(key)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  });
}
