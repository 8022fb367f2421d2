/**
 * On the way to paper. Asked for by a key or the menu, the page waits until the map is drawn in its
 * light colours and then opens the browser's dialog; the browser's own command prints what there is.
 */
import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useAtlas } from '../context';

/** Longer than this nobody waits for a map that does not come to rest. */
const PATIENCE = 8000;
const LOOK_AGAIN = 120;

export function usePrinting(): void {
  const { store } = useAtlas();
  const { printing } = store.settings;
  useEffect(() => {
    const before = (): void => {
      if (printing.value === 'no') printing.value = 'now';
    };
    const after = (): void => void (printing.value = 'no');
    // The browser's own key, too, is worth a light map.
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'p' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      printing.value = 'preparing';
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    document.addEventListener('keydown', onKeyDown);
    const stop = effect(() => {
      if (printing.value !== 'preparing') return;
      void mapAtRest().then(async () => {
        printing.value = 'now';
        await nextFrame();
        window.print();
        printing.value = 'no';
      });
    });
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
      document.removeEventListener('keydown', onKeyDown);
      stop();
    };
  }, []);
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const nextFrame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

async function mapAtRest(): Promise<void> {
  const until = Date.now() + PATIENCE;
  do await pause(LOOK_AGAIN);
  while (Date.now() < until && document.querySelector('[data-map-state="busy"], [data-curtain-state="busy"]'));
}
