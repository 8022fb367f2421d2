/** Makes words smaller until they fit; only where even that is not enough are they scrolled. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RefObject } from 'preact';

const SIZES = [1, 0.93, 0.86, 0.8, 0.74];

/** Anew whenever `key` changes, or the room does. */
export function useFit(key: string): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const fit = (): void => {
      for (const size of SIZES) {
        element.style.setProperty('--fit', String(size));
        if (element.scrollHeight <= element.clientHeight + 1) return;
      }
    };
    fit();
    element.scrollTop = 0;
    window.addEventListener('resize', fit);
    return () => window.removeEventListener('resize', fit);
  }, [key]);
  return box;
}
