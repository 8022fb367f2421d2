/** A site in a list: ticked for comparing, opened as a card, starred. */
import type { ComponentChildren } from 'preact';
import type { Site } from '../../api/sites';
import { named, termed, titled } from '../../state/language';
import { MOST_COMPARED, toggled } from '../../state/room';
import { isKept, withKept, withoutKept } from '../../state/shortlist';
import { useAtlas, useText } from '../context';
import { useLighting } from '../lighting';
import { W } from '../parts';
import { roomText } from '../text/room';

/** So many of the things sought are named in a list. */
const NAMED = 4;

/** What stands in the place of the star belongs to `children`, on the shortlist. */
export function SiteRow({ site, children }: { site: Site; children?: ComponentChildren }) {
  const { store, language } = useAtlas();
  const words = useText(roomText);
  const { selection } = store;
  const { place } = site;
  const name = named(language, place);
  const open = selection.value.kind === 'site' && selection.value.id === place.id;
  const sought = site.sought.slice(0, NAMED).map((one) => termed(language, one).text).join(language === 'zh' ? '、' : ', ');
  return (
    <li class={`site-row ${open ? 'open' : ''}`} {...useLighting([place])}>
      <Tick place={place.id} name={name.text} />
      <button type="button" class="site-open" aria-current={open} title={words.openCard(name.text)} onClick={() => store.follow('site', place.id)}>
        <span class="site-name"><W of={name} />{!place.point && <span class="tag">{words.notLocatedShort}</span>}</span>
        <span class="site-role"><W of={titled(language, site)} /></span>
        <span class="aside">{sought}{site.sought.length > NAMED && '…'}</span>
      </button>
      {children ?? <Star place={place.id} name={name.text} />}
    </li>
  );
}

function Tick({ place, name }: { place: string; name: string }) {
  const { store } = useAtlas();
  const words = useText(roomText);
  const { compared } = store.room;
  const chosen = compared.value.includes(place);
  const full = !chosen && compared.value.length >= MOST_COMPARED;
  return (
    <label class="site-tick" title={full ? words.compareFull : words.tick(name)}>
      <input type="checkbox" aria-label={words.tick(name)} checked={chosen} disabled={full} onChange={() => (compared.value = toggled(compared.value, place))} />
    </label>
  );
}

export function Star({ place, name }: { place: string; name: string }) {
  const { store } = useAtlas();
  const words = useText(roomText);
  const { shortlist } = store.room;
  const kept = isKept(shortlist.value, place);
  return (
    <button
      type="button" class="icon-button site-star" aria-pressed={kept} aria-label={words.star(name)} title={kept ? words.unstar(name) : words.star(name)}
      onClick={() => (shortlist.value = kept ? withoutKept(shortlist.value, place) : withKept(shortlist.value, place))}
    >
      <span aria-hidden="true">{kept ? '★' : '☆'}</span>
    </button>
  );
}
