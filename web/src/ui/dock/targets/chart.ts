/**
 * The bars of one group of indicators: each baseline as a share of its target, all on one scale of per
 * cent, since their units differ. ECharts draws them, each at the height of its row in the table.
 */
import { AriaComponent, GridComponent } from 'echarts/components';
import { CustomChart, type CustomSeriesOption } from 'echarts/charts';
import { init, use, type ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([CustomChart, GridComponent, AriaComponent, SVGRenderer]);

export interface Bar {
  /** Middle of its row, in pixels from the top of the chart. */
  middle: number;
  /** Of the target; `null` without one of the two figures. */
  share: number | null;
  /** Of the last figure observed since. */
  later: number | null;
}

export interface Inks {
  bar: string;
  gap: string;
  over: string;
  target: string;
  rule: string;
  text: string;
  sheet: string;
  font: string;
}

export interface Picture {
  bars: readonly Bar[];
  /** Shares up to this one are drawn to scale; a longer bar is broken off. */
  most: number;
  /** Room for the figures of the scale, above the rows. */
  head: number;
  label: string;
  inks: Inks;
}

const THICK = 11;
/** Room for the last figure of the scale. */
const AIR = 18;

export function chartIn(element: HTMLElement): { draw: (picture: Picture) => void; remove: () => void } {
  const chart: ECharts = init(element, null, { renderer: 'svg' });
  return {
    draw: (picture) => {
      chart.resize();
      chart.setOption(optionOf(picture, element.clientHeight), { notMerge: true });
    },
    remove: () => chart.dispose(),
  };
}

function optionOf({ bars, most, head, label, inks }: Picture, height: number): Parameters<ECharts['setOption']>[0] {
  const series: CustomSeriesOption = {
    type: 'custom', silent: true, clip: false,
    data: bars.map(({ middle, share, later }) => [share ?? -1, middle, later ?? -1]),
    encode: { x: 0, y: 1 },
    renderItem: (_params, api) => {
      const [share, middle, later] = [0, 1, 2].map((at) => Number(api.value(at))) as [number, number, number];
      const at = (x: number): number => api.coord([Math.min(x, most), middle])[0] ?? 0;
      const y = head + middle;
      const rect = (from: number, to: number, style: object) => ({
        type: 'rect' as const, shape: { x: from, y: y - THICK / 2, width: Math.max(0, to - from), height: THICK }, style,
      });
      const upTo = Math.min(share, 1);
      return {
        type: 'group',
        children: [
          ...(share < 0 ? [] : [
            rect(at(0), at(upTo), { fill: inks.bar }),
            ...(share < 1 ? [rect(at(share), at(1), { fill: 'none', stroke: inks.gap, lineWidth: 1, lineDash: [2, 2] })] : []),
            ...(share > 1 ? [rect(at(1), at(share), { fill: inks.over })] : []),
          ]),
          ...(later < 0 ? [] : [{
            type: 'polygon' as const,
            shape: { points: [[at(later), y - 7], [at(later) + 5, y], [at(later), y + 7], [at(later) - 5, y]] },
            style: { fill: inks.sheet, stroke: inks.text, lineWidth: 1.5 },
          }]),
          { type: 'line' as const, shape: { x1: at(1), y1: y - 10, x2: at(1), y2: y + 10 }, style: { stroke: inks.target, lineWidth: 2.5 } },
        ],
      };
    },
  };
  return {
    animation: false,
    aria: { enabled: true, label: { description: label } },
    textStyle: { fontFamily: inks.font },
    grid: { left: 1, right: AIR, top: head, bottom: 0, containLabel: false },
    xAxis: {
      type: 'value', position: 'top', min: 0, max: most, interval: 0.5,
      axisLine: { show: false }, axisTick: { show: false },
      axisLabel: { formatter: (value: number) => `${Math.round(value * 100)}`, color: inks.text, fontSize: 11, margin: 4, showMaxLabel: most % 0.5 === 0 },
      splitLine: { lineStyle: { color: inks.rule, width: 1 } },
    },
    yAxis: { type: 'value', min: 0, max: Math.max(1, height - head), inverse: true, show: false },
    series: [series],
  };
}
