/** The years that a side can count up to: those the plans run through. */
import type { Atlas } from '../../../api/types';

export function planYears({ plans }: Atlas): { first: number | null; last: number | null; all: number[] } {
  const named = plans.flatMap(({ period }) => period?.match(/\d{4}/g) ?? []).map(Number);
  if (named.length === 0) return { first: null, last: null, all: [] };
  const from = Math.min(...named);
  const last = Math.max(...named);
  // The first year alone has next to nothing due; the middle of the plans tells more beside their end.
  return { first: Math.floor((from + last) / 2), last, all: Array.from({ length: last - from + 1 }, (_, i) => from + i) };
}
