/**
 * Keeps the bars of a group where its rows are: measures the table, draws, and does so again when the
 * table takes another shape or the page another look. ECharts comes with the first dashboard.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RefObject } from 'preact';
import type { Bar } from './chart';

export type Charts = { status: 'loading' | 'failed' } | { status: 'here'; chartIn: typeof import('./chart').chartIn };

export function useCharts(): Charts {
  const [charts, setCharts] = useState<Charts>({ status: 'loading' });
  useEffect(() => {
    import('./chart').then(({ chartIn }) => setCharts({ status: 'here', chartIn }), () => setCharts({ status: 'failed' }));
  }, []);
  return charts;
}

/** The scale's figures stand in the head of the table. */
const HEAD = 18;
/** At the end of the column the share stands as a figure. */
const FIGURE = 58;

export function useBars({ charts, sheet, chart, shares, most, label, look }: {
  charts: Charts; sheet: RefObject<HTMLElement | null>; chart: RefObject<HTMLElement | null>;
  shares: readonly Omit<Bar, 'middle'>[]; most: number; label: string; look: string;
}): void {
  const drawing = useRef<ReturnType<typeof import('./chart').chartIn> | null>(null);

  useEffect(() => {
    const [table, element] = [sheet.current, chart.current];
    if (charts.status !== 'here' || !table || !element) return undefined;
    const draw = (): void => {
      const column = table.querySelector<HTMLElement>('[data-column="share"]');
      const rows = [...table.querySelectorAll<HTMLElement>('tbody tr')];
      const [first, last] = [rows[0], rows[rows.length - 1]];
      element.hidden = !column?.offsetWidth || !first || !last;
      if (element.hidden || !column || !first || !last) return;
      const top = first.getBoundingClientRect().top - table.getBoundingClientRect().top;
      const left = column.getBoundingClientRect().left - table.getBoundingClientRect().left;
      Object.assign(element.style, {
        top: `${top - HEAD}px`, left: `${left}px`, width: `${column.offsetWidth - FIGURE}px`,
        height: `${last.getBoundingClientRect().bottom - first.getBoundingClientRect().top + HEAD}px`,
      });
      drawing.current ??= charts.chartIn(element);
      const start = first.getBoundingClientRect().top;
      drawing.current.draw({
        bars: shares.map((share, i) => {
          const box = rows[i]?.getBoundingClientRect();
          return { ...share, middle: box ? box.top + box.height / 2 - start : 0 };
        }),
        most, label, head: HEAD, inks: inksOf(element),
      });
    };
    const watch = new ResizeObserver(draw);
    watch.observe(table);
    return () => watch.disconnect();
  }, [charts, most, label, look, JSON.stringify(shares)]);

  useEffect(() => () => {
    drawing.current?.remove();
    drawing.current = null;
  }, []);
}

function inksOf(element: HTMLElement) {
  const style = getComputedStyle(element);
  const ink = (name: string): string => style.getPropertyValue(name).trim();
  return {
    bar: ink('--chart-1'), gap: ink('--ink-soft'), over: ink('--chart-2'), target: ink('--seal'),
    rule: ink('--rule'), text: ink('--ink-soft'), sheet: ink('--sheet'), font: style.fontFamily,
  };
}
