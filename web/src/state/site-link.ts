/**
 * The address that a brochure leads back to: the card of the site in the brochure's language, with the map as it is
 * seen. What else is open on the desk is nobody's business who gets the brochure, and a code that is read with a
 * camera has to be short.
 */
import type { Language } from './language';
import { USUAL_ROOM } from './room';
import { EMPTY_STATE, encodeState, type AtlasState } from './url';

/** Characters; the server takes no more. */
const LONGEST = 500;

export function siteLink(page: string, place: string, language: Language, { view, layers, room: { radius } }: Pick<AtlasState, 'view' | 'layers' | 'room'>): string {
  const state: AtlasState = { ...EMPTY_STATE, language, view, layers, selection: { kind: 'site', id: place }, drawer: 'sites', room: { ...USUAL_ROOM, radius } };
  const link = page + encodeState(state);
  return link.length <= LONGEST ? link : page + encodeState({ ...state, view: null, layers: null });
}
