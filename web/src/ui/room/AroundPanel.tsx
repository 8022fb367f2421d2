/** What lies around a place that is no site, or around any spot of the map. */
import { api } from '../../api/client';
import type { LonLat, Place } from '../../api/types';
import { isVague } from '../../state/answer';
import { useAtlas, useText } from '../context';
import { PlaceLink } from '../parts';
import { roomText } from '../text/room';
import { Surroundings } from './Surroundings';

export function AroundPanel({ subject, place, point }: { subject: string; place: Place | null; point: LonLat | null }) {
  const { words: common } = useAtlas();
  const words = useText(roomText);
  if (!point) return <p>{words.notLocated}</p>;
  return (
    <div class="around-panel">
      {place && <p class="around-of"><span class="aside">{common.oneOf.place}</span> <PlaceLink place={place} /></p>}
      <Surroundings key={subject} subject={subject} self={place} head="h3" vague={place !== null && isVague(place)} ask={(radius) => api.around(point, radius)} />
    </div>
  );
}
