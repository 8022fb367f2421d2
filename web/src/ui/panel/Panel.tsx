/**
 * The right-hand panel: whatever is selected, loading, missing or here. It also tells the map which
 * places belong to it.
 */
import { useEffect, useRef } from 'preact/hooks';
import type { Bounds, LonLat, PlaceRef } from '../../api/client';
import { useAtlas } from '../context';
import { useLoaded } from '../load';
import { Failure, Loading, W } from '../parts';
import { contentOf, type Chosen, type Content } from './content';

export function Panel({ selection }: { selection: Chosen }) {
  const { store, language, words } = useAtlas();
  const key = `${selection.kind} ${selection.id}`;
  const loaded = useLoaded(key, () => contentOf(selection, store));
  const heading = useRef<HTMLHeadingElement>(null);
  /** Where the reader was before the panel opened; closing it leads back there. */
  const opener = useRef<HTMLElement | null>(null);
  const content = loaded.status === 'here' ? loaded.value(language, words.oneOf) : null;

  useEffect(() => {
    store.shown.value = content?.places ?? [];
    store.lit.value = [];
    const reveal = store.toReveal.peek();
    if (!content || !reveal) return;
    store.toReveal.value = null;
    const points = reveal === 'places' ? pointsOf(content) : [reveal];
    if (points.length) store.command.value = { type: 'reveal', points };
  }, [key, loaded.status]);

  useEffect(() => {
    store.heading.value = content?.title.text ?? null;
    return () => void (store.heading.value = null);
  }, [content?.title.text]);

  useEffect(() => {
    const from = document.activeElement;
    if (from instanceof HTMLElement && from !== document.body && !from.closest('.panel')) opener.current = from;
  }, [key]);

  useEffect(() => {
    // Whoever came by keyboard, from the search or a link in the panel, reads on at the new heading.
    if (content && document.activeElement?.closest('.panel, .search')) heading.current?.focus();
  }, [key, loaded.status]);

  const close = (): void => {
    store.select({ type: 'clear' });
    const back = opener.current?.isConnected ? opener.current : document.querySelector<HTMLElement>('.map canvas');
    back?.focus({ preventScroll: true });
  };
  const bounds = content && (content.bounds ?? boundsOf(content.places));
  return (
    <aside class="panel sheet" id="details" aria-label={words.details} tabIndex={-1} onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        close();
      }}>
      <header class="panel-head">
        <div class="panel-titles">
          <h2 ref={heading} tabIndex={-1}>{content ? <W of={content.title} /> : words.details}</h2>
          {content && <p class="panel-subtitle">{content.subtitle}</p>}
        </div>
        {content && (
          bounds
            ? <button type="button" class="button panel-locate" onClick={() => (store.command.value = { type: 'fit', bounds, maxZoom: 12.5 })}>{words.zoomTo}</button>
            : selection.kind === 'place' && <p class="aside">{words.notLocated}</p>
        )}
        <button type="button" class="icon-button" aria-label={words.close} onClick={close}><span aria-hidden="true">×</span></button>
      </header>
      <div class="panel-body" key={key}>
        {loaded.status === 'loading' && <Loading />}
        {loaded.status === 'failed' && <Failure error={loaded.error} retry={loaded.retry} id={selection.id} />}
        {content?.body}
      </div>
    </aside>
  );
}

/** Where its places are; of a spot that is no place, the middle of what lies around it. */
function pointsOf({ places, bounds }: Content): LonLat[] {
  if (places.length > 0 || !bounds) return places.flatMap(({ point }) => (point ? [point] : []));
  const [west, south, east, north] = bounds;
  return [[(west + east) / 2, (south + north) / 2]];
}

/** Just around the located places; a single point gets a little room. */
function boundsOf(places: readonly PlaceRef[]): Bounds | null {
  const points = places.flatMap(({ point }) => (point ? [point] : []));
  if (points.length === 0) return null;
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  const room = points.length === 1 ? 0.02 : 0;
  return [Math.min(...lons) - room, Math.min(...lats) - room, Math.max(...lons) + room, Math.max(...lats) + room];
}
