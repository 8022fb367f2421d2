/** The places of an answer, whatever was asked. */
import type { PlaceRef } from '../../../api/types';
import type { Result } from './answering';

export function placesOf(result: Result): readonly PlaceRef[] {
  switch (result.kind) {
    case 'within': return result.within.places;
    case 'nearest': return result.items;
    case 'pairs': return result.pairs.items.map(({ place }) => place);
  }
}

/** How many places answer the question; the server lists the first ten thousand of them. */
export function totalOf(result: Result): number {
  switch (result.kind) {
    case 'within': return result.within.total;
    case 'nearest': return result.items.length;
    case 'pairs': return result.pairs.total;
  }
}

export const idsOf = (result: Result): string[] => placesOf(result).map(({ id }) => id);
