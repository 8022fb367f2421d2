/** What is said at a stop: name, caption, where the plan says so, and the records it is about. */
import { api } from '../../api/client';
import type { Stop } from '../../api/types';
import { named, pick, titled } from '../../state/language';
import { useAtlas, useText } from '../context';
import { useLoaded } from '../load';
import { SectionName } from '../panel/Cite';
import { W } from '../parts';
import { toursText } from '../text/tours';
import { canOpen, openRecord } from './start';
import { useFit } from './useFit';

export function Caption({ stop, number, count }: { stop: Stop; number: number; count: number }) {
  const { store, language } = useAtlas();
  const words = useText(toursText);
  const box = useFit(`${number} ${language} ${stop.title}`);
  const spoken = stop.caption ? pick(language, stop.caption, stop.caption_en) : null;
  return (
    <div class="talk-body" ref={box}>
      <div aria-live="polite" aria-atomic="true">
        <p class="visually-hidden">{words.stop(number, count)}</p>
        <h1><W of={pick(language, stop.title, stop.title_en)} /></h1>
        {spoken && <p class="talk-caption"><W of={spoken} /></p>}
      </div>
      <Source stop={stop} />
      <Unlocated places={stop.places} />
      {stop.records.length > 0 && (
        <ul class="talk-records" aria-label={words.records}>
          {stop.records.map((record) => (
            <li key={`${record.plan}/${record.table}/${record.id}`}>
              <span class="talk-table">{words.tables[record.table] ?? record.table}</span>
              {canOpen(record)
                ? <button type="button" class="record-link" title={words.openRecord} onClick={() => openRecord(store, record)}><W of={titled(language, record)} /></button>
                : <W of={titled(language, record)} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Source({ stop }: { stop: Stop }) {
  const { atlas, language, words } = useAtlas();
  const own = useText(toursText);
  const plan = atlas.plans.find(({ id }) => id === stop.plan);
  if (!plan || !stop.section) return null;
  return (
    <p class="talk-source">
      <span class="visually-hidden">{own.source}: </span>
      <W of={{ ...titled(language, plan), text: words.fromDocument(titled(language, plan).text) }} /> <SectionName id={stop.section} plan={plan} />
    </p>
  );
}

/** What nobody has located cannot be pointed at; that is said rather than passed over. */
function Unlocated({ places }: { places: readonly string[] }) {
  const { language } = useAtlas();
  const words = useText(toursText);
  const loaded = useLoaded(`located ${places.join()}`, () => Promise.all(places.map((id) => api.place(id))));
  const missing = loaded.status === 'here' ? loaded.value.filter(({ place }) => !place.point && !place.bounds) : [];
  if (missing.length === 0) return null;
  return <p class="talk-unlocated">{words.unlocated(missing.map(({ place }) => named(language, place).text).join(language === 'zh' ? '、' : ', '))}</p>;
}
