/**
 * Numbers into classes, for thematic maps. Classes are half-open, [from, to), and the last one is closed;
 * so every value falls into exactly one, and equal values never part. The limits returned are the very
 * ones that are applied: each is first made easy to write, then used.
 *
 * It knows nothing of places, colours or words.
 */
import { ckmeans } from 'simple-statistics';

export const METHODS = ['equal', 'quantile', 'jenks'] as const;
export type Method = (typeof METHODS)[number];

export interface Interval {
  from: number;
  to: number;
  /** The last class holds its upper limit too. */
  closed: boolean;
  count: number;
}

/** Never more classes than there are different values; none without values. */
export function classify(values: readonly number[], method: Method, wanted: number): Interval[] {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const distinct = [...new Set(sorted)];
  const [least] = distinct;
  const most = distinct[distinct.length - 1];
  if (least === undefined || most === undefined) return [];
  const classes = Math.max(1, Math.min(Math.floor(wanted), distinct.length));
  const starts = { equal: equalStarts, quantile: quantileStarts, jenks: jenksStarts }[method](sorted, distinct, classes);
  const limits = [least, ...starts];
  return limits.map((from, i) => {
    const next = limits[i + 1];
    const interval = { from, to: next ?? most, closed: next === undefined };
    return { ...interval, count: sorted.filter((value) => holds(interval, value)).length };
  });
}

const holds = ({ from, to, closed }: Pick<Interval, 'from' | 'to' | 'closed'>, value: number): boolean =>
  value >= from && (closed ? value <= to : value < to);

/** Index of the class a value falls into; -1 outside of all. */
export const classOf = (intervals: readonly Interval[], value: number): number =>
  intervals.findIndex((interval) => holds(interval, value));

type Starts = (sorted: readonly number[], distinct: readonly number[], classes: number) => number[];

/** Equal widths, rounded to what the width itself is worth; a class may be empty, and the legend says so. */
const equalStarts: Starts = (_, distinct, classes) => {
  const least = distinct[0] ?? 0;
  const most = distinct[distinct.length - 1] ?? 0;
  const width = (most - least) / classes;
  const whole = distinct.every(Number.isInteger);
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(width)));
  const at = (i: number): number => {
    const limit = least + width * i;
    // Whole numbers from 3.4 on are whole numbers from 4 on; the guard is against 2.0000000004.
    return whole ? Math.ceil(limit - 1e-9 * Math.max(1, Math.abs(limit))) : rounded(limit, decimals);
  };
  const starts = Array.from({ length: classes - 1 }, (_unused, i) => at(i + 1));
  return starts.filter((start, i) => start > (starts[i - 1] ?? least) && start <= most);
};

const rounded = (value: number, decimals: number): number => (decimals > 15 ? value : Number(value.toFixed(decimals)));

/** As many values in each class as equal values, which stay together, allow. */
const quantileStarts: Starts = (sorted, distinct, classes) => {
  const below = distinct.map((value) => sorted.indexOf(value));
  const chosen: number[] = [];
  for (let i = 1; i < classes; i++) {
    const ideal = (i * sorted.length) / classes;
    let best = (chosen[chosen.length - 1] ?? 0) + 1;
    // Enough different values must be left for the classes that follow.
    for (let at = best + 1; at <= distinct.length - (classes - i); at++) {
      if (Math.abs((below[at] ?? 0) - ideal) < Math.abs((below[best] ?? 0) - ideal)) best = at;
    }
    chosen.push(best);
  }
  return chosen.map((at) => simplestBetween(distinct[at - 1] ?? 0, distinct[at] ?? 0));
};

/** Natural breaks: the least sum of squared deviations from the classes' means. */
const jenksStarts: Starts = (sorted, distinct, classes) => {
  const clusters = ckmeans([...sorted], classes);
  const firsts = [...new Set(clusters.slice(1).map((cluster) => cluster[0] ?? 0))];
  return firsts.map((first) => simplestBetween(distinct[distinct.indexOf(first) - 1] ?? first, first));
};

/**
 * The limit with the fewest decimals that parts two neighbouring values, above `low` and at most `high`.
 * Whole numbers keep the upper value: "from 7 on" is what was found, "from 5 on" would be an invention.
 */
function simplestBetween(low: number, high: number): number {
  if (Number.isInteger(high)) return high;
  for (let decimals = 0; decimals <= 12; decimals++) {
    const factor = 10 ** decimals;
    const limit = Number((Math.floor(high * factor) / factor).toFixed(decimals));
    if (limit > low && limit <= high) return limit;
  }
  return high;
}
