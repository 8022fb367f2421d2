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
      for (const [small, fit] of SIZES) {
        element.style.setProperty('--small', String(small));
        element.style.setProperty('--fit', String(fit));
        if (element.scrollHeight <= element.clientHeight + 1) return;
      }
    };
    // What is missing of a place is known a little later than the words.
    const grown = new ResizeObserver(fit);
    for (const part of [element, ...element.children]) grown.observe(part);
    element.scrollTop = 0;
    return () => grown.disconnect();
  }, [key]);
  return box;
}
