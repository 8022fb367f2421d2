/** Colours of the data as the map shows them at present: legends must look like the map, by night too. */
import { nightOf } from '../state/night';
import { useAtlas } from './context';

export function useMapColour(): (colour: string) => string {
  return useAtlas().store.settings.dark.value ? nightOf : (colour) => colour;
}
