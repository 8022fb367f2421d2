/** What can be said of an answer beyond its numbers: how sure each item is, and how the items fall into groups. */
import type { Accuracy, PlaceRef, RecordRef, Term } from '../api/types';

/** Positions that may be kilometres off. */
const VAGUE: readonly Accuracy[] = ['seat', 'approximate', 'schematic'];
/** Nearer to the given distance than this, a vague position decides nothing. */
const DOUBT = 2_000;

/** A township is measured from its seat, which stands for an area of kilometres. */
export function isVague({ accuracy, kind }: Pick<PlaceRef, 'accuracy' | 'kind'>): boolean {
  return kind.id === 'township' || accuracy === null || VAGUE.includes(accuracy);
}

export function isBorderline(measured: number, asked: number, vague: boolean): boolean {
  return vague && Math.abs(measured - asked) < DOUBT;
}

export interface Group<T> {
  term: Term;
  items: T[];
}

/** The largest group first; what has no term comes last. */
export function groupsOf<T>(items: readonly T[], termOf: (item: T) => Term | null, other: Term): Group<T>[] {
  const groups = new Map<string, Group<T>>();
  for (const item of items) {
    const term = termOf(item) ?? other;
    const group = groups.get(term.id) ?? { term, items: [] };
    group.items.push(item);
    groups.set(term.id, group);
  }
  const isOther = ({ term }: Group<T>): number => Number(term.id === other.id);
  return [...groups.values()].sort((a, b) => isOther(a) - isOther(b) || b.items.length - a.items.length);
}

export const industryOf = (record: RecordRef): Term | null => record.industry;

/** How many positions there are of each accuracy, the most frequent first. */
export function accuraciesOf(places: readonly PlaceRef[]): [Accuracy, number][] {
  const counts = new Map<Accuracy, number>();
  for (const { accuracy } of places) if (accuracy) counts.set(accuracy, (counts.get(accuracy) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
