/** How exactly it is known where a place is, as a key of the words for it. */
import type { PlaceRef } from '../api/types';

/** `unstated` where somebody's file gives a position and says nothing of it; `none` where nobody has located the place. */
export const accuracyOf = ({ accuracy, point }: Pick<PlaceRef, 'accuracy' | 'point'>): NonNullable<PlaceRef['accuracy']> | 'unstated' | 'none' =>
  accuracy ?? (point ? 'unstated' : 'none');
