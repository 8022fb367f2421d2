/** What can be written about a stop; where it stands is taken from the map. */
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Stop } from '../../api/types';
import { titled } from '../../state/language';
import { useAtlas, useText } from '../context';
import { W } from '../parts';
import { toursText } from '../text/tours';
import { cameraNow, layersNow } from './keeping';
import { TextField } from './TextField';

export function StopForm({ stop, change }: { stop: Stop; change: (change: Partial<Stop>) => void }) {
  const { atlas, store, language } = useAtlas();
  const words = useText(toursText);
  const form = useRef<HTMLDivElement>(null);
  // A view that has just been saved stands at the end of a long list.
  useEffect(() => form.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <div class="tours-form" ref={form}>
      <div class="tours-pair">
        <TextField label={words.stopTitle} lang="zh" value={stop.title} change={(title) => change({ title })} />
        <TextField label={words.stopTitleEn} lang="en" value={stop.title_en} change={(title_en) => change({ title_en })} />
        <TextField label={words.caption} lang="zh" rows={3} value={stop.caption} change={(caption) => change({ caption })} />
        <TextField label={words.captionEn} lang="en" rows={3} value={stop.caption_en} change={(caption_en) => change({ caption_en })} />
        <Source stop={stop} change={change} />
      </div>
      {(stop.places.length > 0 || stop.records.length > 0) && (
        <p class="aside">
          {stop.places.length > 0 && words.highlighted(stop.places.length)}
          {stop.records.map((record) => <> · {words.tables[record.table] ?? record.table} <W of={titled(language, record)} /></>)}
        </p>
      )}
      <p>
        <button type="button" class="button quiet" onClick={() => change({ ...cameraNow(store), layers: layersNow(store, atlas) })}>{words.here}</button>
      </p>
    </div>
  );
}

function Source({ stop, change }: { stop: Stop; change: (change: Partial<Stop>) => void }) {
  const { atlas, language } = useAtlas();
  const words = useText(toursText);
  const [planId, sectionId] = [useId(), useId()];
  const plan = atlas.plans.find(({ id }) => id === stop.plan);
  return (
    <>
      <div class="ask-field">
        <label for={planId}>{words.plan}</label>
        <select id={planId} value={plan?.id ?? ''} onChange={(event) => change({ plan: event.currentTarget.value || null, section: null })}>
          <option value="">{words.planNone}</option>
          {atlas.plans.map((one) => <option key={one.id} value={one.id}>{titled(language, one).text}</option>)}
        </select>
      </div>
      <div class="ask-field">
        <label for={sectionId}>{words.section}</label>
        <select id={sectionId} value={stop.section ?? ''} disabled={!plan} onChange={(event) => change({ section: event.currentTarget.value || null })}>
          <option value="">{words.sectionNone}</option>
          {plan?.sections.map(({ id, title, title_en }) => (
            <option key={id} value={id}>{language === 'zh' ? `${id} ${title}` : (title_en || `${id} ${title}`)}</option>
          ))}
        </select>
      </div>
    </>
  );
}
