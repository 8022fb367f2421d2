/** How the link opens: the selected place, the view, a tour, the language. */
import { LANGUAGES, named, pick, titled } from '../../state/language';
import { useAtlas, useText } from '../context';
import { Row, Segments } from '../print/parts';
import { shareText } from '../text/share';
import type { Drafting } from './useDraft';

export function OpensWith({ drafting }: { drafting: Drafting }) {
  const { language } = useAtlas();
  const words = useText(shareText);
  const { draft, change, tours, missing } = drafting;
  return (
    <fieldset class="export-field">
      <legend>{words.opens}</legend>
      <Place drafting={drafting} />
      <label class="picture-check">
        <input type="checkbox" checked={draft.view} onChange={(event) => change({ view: event.currentTarget.checked })} />
        <span>{words.view} <span class="aside">{words.viewHint}</span></span>
      </label>
      {tours.status === 'here' && tours.value.length > 0 && (
        <Row title={words.tour}>
          <select value={draft.tour ?? ''} onChange={(event) => change({ tour: event.currentTarget.value || null })}>
            <option value="">{words.tourNone}</option>
            {tours.value.map((tour) => <option key={tour.id} value={tour.id}>{pick(language, tour.title, tour.title_en).text}</option>)}
          </select>
        </Row>
      )}
      {missing.length > 0 && (
        <p class="export-warn" role="status">
          {words.tourMissing(missing.length)} <button type="button" class="button quiet" onClick={() => change({ layers: [...draft.layers, ...missing] })}>{words.tickThem}</button>
        </p>
      )}
      <Segments title={words.language} among={LANGUAGES} names={words.languages} chosen={draft.language} choose={(one) => change({ language: one })} />
    </fieldset>
  );
}

function Place({ drafting: { draft, change, selected, place, outside } }: { drafting: Drafting }) {
  const { atlas, language } = useAtlas();
  const words = useText(shareText);
  if (selected === null) return <p class="aside">{words.placeNone}</p>;
  if (place.status === 'failed') return <p class="aside">{words.placeUnknown}</p>;
  const found = place.status === 'here' ? place.value : null;
  const name = found ? named(language, found).text : '…';
  const homes = atlas.layers.filter(({ id }) => found?.layers.includes(id));
  return (
    <>
      <label class="picture-check">
        <input type="checkbox" checked={draft.place !== null} onChange={(event) => change({ place: event.currentTarget.checked ? selected : null })} />
        <span>{words.place(name)}</span>
      </label>
      {outside && (
        <p class="export-warn" role="alert">
          {homes.length === 0 ? words.placeNowhere(name) : words.placeOutside(name)}
          {homes.map((layer) => (
            <button key={layer.id} type="button" class="button quiet" onClick={() => change({ layers: [...draft.layers, layer.id] })}>{words.tick(titled(language, layer).text)}</button>
          ))}
        </p>
      )}
    </>
  );
}
