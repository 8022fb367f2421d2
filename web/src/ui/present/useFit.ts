/** Makes words smaller until they fit: first what stands around the caption, then the caption; the rest is scrolled. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RefObject } from 'preact';

/** Of the small print, and of everything. */
const SIZES = [[1, 1], [0.92, 1], [0.84, 1], [0.78, 1], [0.78, 0.94], [0.78, 0.88], [0.78, 0.8]] as const;

/** Anew whenever `key` changes, or the room does. */
export function useFit(key: string): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const fit = (): void => {
      for (const [small, all] of SIZES) {
        element.style.setProperty('--small', String(small));
        element.style.setProperty('--fit', String(all));
        if (element.scrollHeight <= element.clientHeight + 1) return;
      }
    };
    fit();
    element.scrollTop = 0;
    const room = new ResizeObserver(fit);
    room.observe(element);
    // What is missing of a place is known a little later than the words.
    const more = new MutationObserver(fit);
    more.observe(element, { childList: true });
    return () => {
      room.disconnect();
      more.disconnect();
    };
  }, [key]);
  return box;
}
