/** What floats by the pointer: the name of what is under it, and the list of what a click met. */
import { useEffect, useRef } from 'preact/hooks';
import type { MapPlace } from '../state/store';
import { named, termed } from '../state/language';
import { useAtlas } from './context';
import { keepOnSheet } from './on-sheet';
import { W } from './parts';

const NAMED_IN_TIP = 6;

function KindName({ place }: { place: MapPlace }) {
  const { atlas, language } = useAtlas();
  const kind = atlas.vocabulary.kinds.find(({ id }) => id === place.kind);
  return kind ? <W of={termed(language, kind)} /> : null;
}

export function Tip() {
  const { store, language, words } = useAtlas();
  const hover = store.hover.value;
  if (!hover || store.chooser.value) return null;
  const [top] = hover.places;
  return (
    <div class="tip" style={{ left: `${hover.x}px`, top: `${hover.y}px` }} aria-hidden="true">
      {hover.places.length === 1 && top ? (
        <>
          <b><W of={named(language, top)} /></b>
          <span><KindName place={top} />{top.accuracy && ` · ${words.accuracyMarks[top.accuracy]}`}</span>
        </>
      ) : (
        <>
          <b>{words.placesHere(hover.places.length)}</b>
          <span>{hover.places.slice(0, NAMED_IN_TIP).map((place) => named(language, place).text).join(language === 'zh' ? '、' : ', ')}{hover.places.length > NAMED_IN_TIP && '…'}</span>
        </>
      )}
    </div>
  );
}

/** Everything at one spot, to choose from. */
export function Chooser() {
  const { store, language, words } = useAtlas();
  const chooser = store.chooser.value;
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!chooser) return undefined;
    if (box.current) keepOnSheet(box.current, chooser);
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') store.chooser.value = null;
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [chooser, store.selection.value, store.layersOpen.value]);

  if (!chooser) return null;
  const { selection } = store;
  return (
    <div class="chooser sheet" ref={box} role="dialog" aria-label={words.severalHere(chooser.places.length)}>
      <header>
        <h2>{words.severalHere(chooser.places.length)}</h2>
        <button type="button" class="icon-button" aria-label={words.close} onClick={() => (store.chooser.value = null)}><span aria-hidden="true">×</span></button>
      </header>
      <ul class="place-list">
        {chooser.places.map((place) => (
          <li key={place.id}>
            <button
              type="button" class="place-link" aria-current={selection.value.kind === 'place' && selection.value.id === place.id}
              onClick={() => {
                store.select({ type: 'choose', kind: 'place', id: place.id });
                store.chooser.value = null;
              }}
            >
              <span class="place-link-name"><W of={named(language, place)} /></span>
              <span class="aside"><KindName place={place} /></span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
