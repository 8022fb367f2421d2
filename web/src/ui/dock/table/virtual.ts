/** Of many rows of one height, the few that stand in the window of their scroller. */
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer, defaultRangeExtractor } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';

const OVERSCAN = 8;

interface Slice {
  index: number;
  /** Pixels that are left blank before it. */
  gap: number;
}

/** `keep` stays in the document wherever the reader scrolls: it may hold the focus. */
export function useVirtualRows(scroller: RefObject<HTMLElement | null>, count: number, height: number, keep: number): { slices: Slice[]; after: number } {
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: OVERSCAN,
    rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const seen = defaultRangeExtractor(range);
      return keep < 0 || keep >= count || seen.includes(keep) ? seen : [...seen, keep].sort((a, b) => a - b);
    },
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    initialRect: { width: 0, height: 400 },
    onChange: () => redraw(0),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => virtualizer.measure(), [height]);

  let end = 0;
  const slices = virtualizer.getVirtualItems().map(({ index }) => {
    const gap = index * height - end;
    end = (index + 1) * height;
    return { index, gap };
  });
  return { slices, after: Math.max(0, count * height - end) };
}
