/** Answers that are one list in order of distance: what is nearest, and pairs. */
import type { OwnFeatureRef, Pair, PlaceNear } from '../../../api/answers';
import type { PlaceRef } from '../../../api/types';
import { isVague } from '../../../state/answer';
import { directionInWords } from '../../../state/compass';
import { formatDistance, formatRoughDistance } from '../../../state/format';
import { useAtlas, useText } from '../../context';
import { PlaceLink } from '../../parts';
import { askText } from '../../text/ask';
import type { Answered, Result } from './answering';
import { isDoubtful } from './notes';
import { Marks } from './parts';

type Listed = Exclude<Result, { kind: 'within' }>;

export function ListAnswer({ answered, result }: { answered: Answered; result: Listed }) {
  return (
    <ol class="ask-items ask-ranked">
      {result.kind === 'nearest'
        ? result.items.map((item) => <Near key={item.id} item={item} />)
        : result.pairs.items.map((pair, i) => <Paired key={pair.place.id} pair={pair} doubtful={isDoubtful(answered, i)} />)}
    </ol>
  );
}

/** Distance and direction, no finer than the positions are known. */
function useFar(metres: number, bearing: number | null, vague: boolean): string {
  const { language } = useAtlas();
  const words = useText(askText);
  if (bearing === null && metres === 0) return words.inIt;
  const distance = (vague ? formatRoughDistance : formatDistance)(metres, language);
  return bearing === null ? distance : `${distance}${language === 'zh' ? '，' : ', '}${directionInWords(bearing, language)}`;
}

function Near({ item }: { item: PlaceNear }) {
  const far = useFar(item.distance_m, item.bearing_deg, isVague(item));
  return (
    <li>
      <PlaceLink place={item} />
      <span class="ask-far">{far}</span>
      <Marks relation={null} accuracy={item.accuracy} doubtful={false} />
    </li>
  );
}

const isPlace = (nearest: PlaceRef | OwnFeatureRef): nearest is PlaceRef => 'id' in nearest;

function Paired({ pair: { place, nearest, distance_m, bearing_deg }, doubtful }: { pair: Pair; doubtful: boolean }) {
  const words = useText(askText);
  const far = useFar(distance_m, bearing_deg, isVague(place) || (isPlace(nearest) && isVague(nearest)));
  return (
    <li>
      <PlaceLink place={place} />
      <span class="ask-far">{far}</span>
      <Marks relation={null} accuracy={place.accuracy} doubtful={doubtful} />
      <p class="ask-nearest">
        <span class="aside">{words.nearestIs}</span> {isPlace(nearest) ? <PlaceLink place={nearest} /> : <span>{nearest.name ?? words.ownFeature(nearest.index + 1)}</span>}
      </p>
    </li>
  );
}
