/** One thing nearby: how far it is and how sure that is; pressed, the map goes there, and pressed again, back. */
import type { PlaceNear } from '../../api/answers';
import { isVague } from '../../state/answer';
import { formatDistance, formatRoughDistance } from '../../state/format';
import { named } from '../../state/language';
import { useAtlas, useText } from '../context';
import { useLighting } from '../lighting';
import { W } from '../parts';
import { askText } from '../text/ask';
import { roomText } from '../text/room';
import type { Visit } from './useVisit';

/** Metres. Places that stand on one seat have no distance that anybody knows; one within an area has none at all. */
const SAME_SPOT = 1;
const AREAS: readonly string[] = ['township', 'county'];

export function AroundItem({ item, vague, visit }: { item: PlaceNear; vague: boolean; visit: Visit }) {
  const { store, language } = useAtlas();
  const words = useText(roomText);
  const { accuracyShort } = useText(askText);
  const name = named(language, item);
  const here = visit.at === item.id;
  const rough = vague || isVague(item);
  const far = item.distance_m >= SAME_SPOT || !rough
    ? (rough ? formatRoughDistance : formatDistance)(item.distance_m, language)
    : AREAS.includes(item.kind.id) ? words.inside : words.sameSeat;
  return (
    <li class={here ? 'visited' : ''} {...useLighting([item])}>
      <button type="button" class="around-item" aria-pressed={here} aria-label={`${words.flyTo(name.text)}${language === 'zh' ? '，' : ', '}${far}`} onClick={() => visit.go(item)}>
        <span class="around-name"><W of={name} /></span>
        <span class="around-far">{far}</span>
      </button>
      {item.accuracy && <span class={`around-mark ${isVague(item) ? 'hollow' : 'solid'}`}>{accuracyShort[item.accuracy]}</span>}
      {here && (
        <span class="around-then">
          <button type="button" class="button quiet" onClick={visit.back}><span aria-hidden="true">‹ </span>{words.flyBack}</button>
          <button type="button" class="button quiet" onClick={() => store.follow('place', item.id)}>{words.details}</button>
        </span>
      )}
    </li>
  );
}
