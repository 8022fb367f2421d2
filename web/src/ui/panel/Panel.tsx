/**
 * The right-hand panel: whatever is selected, loading, missing or here. It also tells the map which
 * places belong to it.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { api, type Bounds, type PlaceRef } from '../../api/client';
import { named, titled, type Worded } from '../../state/language';
import type { Selection } from '../../state/selection';
import { useAtlas } from '../context';
import { useLoaded } from '../load';
import { Failure, Loading, W } from '../parts';
import { PlacePanel, PlaceSubtitle } from './PlacePanel';
import { DiscrepancyPanel, OrganisationPanel, ProjectPanel, TargetPanel, TaskPanel, topicOf } from './RecordPanels';

type Chosen = Exclude<Selection, { kind: 'none' }>;

/** A selected thing, ready to be drawn. */
interface Content {
  title: Worded;
  subtitle: ComponentChildren;
  body: ComponentChildren;
  places: readonly PlaceRef[];
  bounds: Bounds | null;
}

export function Panel({ selection }: { selection: Chosen }) {
  const { store, language, words } = useAtlas();
  const key = `${selection.kind} ${selection.id}`;
  const loaded = useLoaded(key, () => ask(selection));
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
    const points = reveal === 'places' ? content.places.flatMap(({ point }) => (point ? [point] : [])) : [reveal];
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

type Draw = (language: 'zh' | 'en', types: Record<string, string>) => Content;

/** Asks for the selected thing and says how to draw it. */
async function ask({ kind, id }: Chosen): Promise<Draw> {
  switch (kind) {
    case 'place': {
      const dossier = await api.place(id);
      return (language) => ({
        title: named(language, dossier.place), subtitle: <PlaceSubtitle dossier={dossier} />, body: <PlacePanel dossier={dossier} />,
        places: [dossier.place], bounds: dossier.place.bounds,
      });
    }
    case 'project': {
      const project = await api.project(id);
      return (language, types) => record(named(language, project), types[kind], <ProjectPanel project={project} />, project.places);
    }
    case 'target': {
      const target = await api.target(id);
      return (language, types) => record(named(language, target), types[kind], <TargetPanel target={target} />, target.places);
    }
    case 'task': {
      const task = await api.task(id);
      return (language, types) => record(titled(language, task), types[kind], <TaskPanel task={task} />, task.places);
    }
    case 'organisation': {
      const organisation = await api.organisation(id);
      return (language, types) => record(named(language, organisation), types[kind], <OrganisationPanel organisation={organisation} />, []);
    }
    case 'discrepancy': {
      const discrepancy = await api.discrepancy(id);
      return (language, types) => record(topicOf(discrepancy, language), types[kind], <DiscrepancyPanel discrepancy={discrepancy} />, discrepancy.places);
    }
  }
}

function record(title: Worded, type: string | undefined, body: ComponentChildren, places: readonly PlaceRef[]): Content {
  return { title, subtitle: <span class="tag">{type}</span>, body, places, bounds: null };
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
