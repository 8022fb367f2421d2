/** Small parts that many panels share: worded text, links to places and records, notices. */
import type { ComponentChildren } from 'preact';
import type { ApiError, PlaceRef } from '../api/client';
import { named, type Worded } from '../state/language';
import type { SelectionKind } from '../state/selection';
import { useAtlas } from './context';
import { useLighting } from './lighting';

/** Text that says in which language it is, where that is not the page's. */
export function W({ of }: { of: Worded }) {
  const { language } = useAtlas();
  return of.lang === language ? <>{of.text}</> : <span lang={of.lang === 'zh' ? 'zh-CN' : 'en'}>{of.text}</span>;
}

/** Selects a place; pointing at it lights it up on the map. */
export function PlaceLink({ place, aside }: { place: PlaceRef; aside?: string }) {
  const { store, language, words } = useAtlas();
  const lighting = useLighting([place]);
  return (
    <button type="button" class="place-link" {...lighting} onClick={() => store.follow('place', place.id)}>
      <span class="place-link-name"><W of={named(language, place)} /></span>
      {aside && <span class="aside">{aside}</span>}
      {!place.point && <span class="aside">{words.unlocated}</span>}
    </button>
  );
}

export function PlaceList({ places }: { places: readonly PlaceRef[] }) {
  return (
    <ul class="place-list">
      {places.map((place) => (
        <li key={place.id}><PlaceLink place={place} /></li>
      ))}
    </ul>
  );
}

/** Opens a record's own panel; its places are lit meanwhile, if they are known. */
export function RecordLink({ kind, id, name, places = [] }: {
  kind: SelectionKind; id: string; name: Worded; places?: readonly PlaceRef[];
}) {
  const { store } = useAtlas();
  const lighting = useLighting(places);
  return (
    <button type="button" class="record-link" {...lighting} onClick={() => store.follow(kind, id)}>
      <W of={name} />
    </button>
  );
}

/** A term and its value; left out altogether when there is no value. */
export function Fact({ term, children }: { term: string; children: ComponentChildren }) {
  if (children === null || children === undefined || children === '' || children === false) return null;
  return (
    <div class="fact">
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function Failure({ error, retry, id }: { error: ApiError; retry?: () => void; id?: string }) {
  const { words } = useAtlas();
  const missing = error.status === 404 || error.status === 400;
  const title = error.status === 0 ? words.serverUnreachable : missing ? words.notFound : words.serverFailed;
  const hint = error.status === 0 ? words.serverUnreachableHint : missing ? words.notFoundHint(id ?? '') : (error.detail ?? error.message);
  return (
    <div class="notice" role="alert">
      <p class="notice-title">{title}</p>
      <p>{hint}</p>
      {retry && !missing && <button type="button" class="button" onClick={retry}>{words.retry}</button>}
    </div>
  );
}

export function Loading() {
  const { words } = useAtlas();
  return <p class="loading" role="status">{words.loading}</p>;
}
