/** The reader's own choice of sites: in their order, with their notes. */
import { useState } from 'preact/hooks';
import { named } from '../../state/language';
import { MOST_COMPARED } from '../../state/room';
import { movedKept, withoutKept, type Shortlist as List } from '../../state/shortlist';
import { useAtlas, useText } from '../context';
import { roomText } from '../text/room';
import { Note, NoteHint } from './Note';
import { ShortlistFile } from './ShortlistFile';
import { SiteRow } from './SiteRow';
import { useListOnMap } from './useOnMap';
import type { AllSites } from './useSites';

export function Shortlist({ sites }: { sites: AllSites }) {
  const { store, language } = useAtlas();
  const words = useText(roomText);
  const { shortlist, compared } = store.room;
  const list = shortlist.value;
  /** The list as it was, until something else is done. */
  const [before, setBefore] = useState<{ list: List; name: string } | null>(null);
  const known = list.filter(({ place }) => sites.at.has(place));
  useListOnMap(known.map(({ place }) => place));
  const nameOf = (place: string): string => {
    const site = sites.at.get(place);
    return site ? named(language, site.place).text : place;
  };
  const drop = (place: string): void => {
    setBefore({ list, name: nameOf(place) });
    shortlist.value = withoutKept(list, place);
  };
  return (
    <div class="shortlist">
      {list.length === 0
        ? <div class="notice"><p class="notice-title">{words.listEmpty}</p><p>{words.listEmptyHint}</p></div>
        : <NoteHint />}
      <p class="shortlist-said" role="status">
        {before && <>{words.dropped(before.name)} <button type="button" class="button quiet" onClick={() => { shortlist.value = before.list; setBefore(null); }}>{words.undoDrop}</button></>}
      </p>
      <ol class="site-list">
        {list.map(({ place }, at) => {
          const site = sites.at.get(place);
          const name = nameOf(place);
          const tools = (
            <div class="shortlist-tools">
              <button type="button" class="icon-button" disabled={at === 0} aria-label={words.up(name)} onClick={() => (shortlist.value = movedKept(list, at, -1))}><span aria-hidden="true">↑</span></button>
              <button type="button" class="icon-button" disabled={at === list.length - 1} aria-label={words.down(name)} onClick={() => (shortlist.value = movedKept(list, at, 1))}><span aria-hidden="true">↓</span></button>
              <button type="button" class="icon-button" aria-label={words.drop(name)} onClick={() => drop(place)}><span aria-hidden="true">×</span></button>
            </div>
          );
          const more = <div class="shortlist-more"><Note place={place} name={name} />{tools}</div>;
          return site
            ? <SiteRow key={place} site={site}>{more}</SiteRow>
            : <li key={place} class="site-row gone"><p><b>{place}</b> <span class="tag warn">{words.gone}</span></p>{more}</li>;
        })}
      </ol>
      {known.length > 1 && (
        <p class="shortlist-first">
          <button type="button" class="button" onClick={() => (compared.value = known.slice(0, MOST_COMPARED).map(({ place }) => place))}>{words.tickFirst(Math.min(known.length, MOST_COMPARED))}</button>
        </p>
      )}
      <ShortlistFile sites={sites} />
    </div>
  );
}
