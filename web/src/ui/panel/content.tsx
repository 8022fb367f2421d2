/** What stands in the right-hand panel: each kind of selection asked for, and made ready to be drawn. */
import type { ComponentChildren } from 'preact';
import { api, type Bounds, type LonLat, type PlaceRef } from '../../api/client';
import { named, termed, titled, type Worded } from '../../state/language';
import { aroundWhat } from '../../state/room';
import type { Selection } from '../../state/selection';
import { extentOf } from '../../state/shapes';
import type { Store } from '../../state/store';
import { W } from '../parts';
import { fetchRoom } from '../room-later';
import { sitesText } from '../text/sites';
import { PlacePanel, PlaceSubtitle } from './PlacePanel';
import { DiscrepancyPanel, OrganisationPanel, ProjectPanel, TargetPanel, TaskPanel, topicOf } from './RecordPanels';

export type Chosen = Exclude<Selection, { kind: 'none' }>;

/** A selected thing, ready to be drawn. */
export interface Content {
  title: Worded;
  subtitle: ComponentChildren;
  body: ComponentChildren;
  places: readonly PlaceRef[];
  bounds: Bounds | null;
}

type Draw = (language: 'zh' | 'en', types: Record<string, string>) => Content;

/** Asks for the selected thing and says how to draw it. */
export async function contentOf({ kind, id }: Chosen, store: Store): Promise<Draw> {
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
    case 'site': {
      const [card, { SiteCard }] = await Promise.all([api.site(id, store.room.radius.peek()), fetchRoom()]);
      const { place } = card.site;
      return (language) => ({
        title: named(language, place), subtitle: <><span class="tag strong">{sitesText[language].site}</span><span class="tag"><W of={termed(language, place.kind)} /></span></>,
        body: <SiteCard card={card} />, places: [place], bounds: place.point && ring(place.point, store),
      });
    }
    case 'around': {
      const what = aroundWhat(id);
      const [place, { AroundPanel }] = await Promise.all(['place' in what ? api.place(what.place).then((dossier) => dossier.place) : null, fetchRoom()]);
      const point = 'point' in what ? what.point : (place?.seat ?? place?.point ?? null);
      return (language) => {
        const words = sitesText[language];
        const [lon, lat] = (point ?? [0, 0]).map((degrees) => degrees.toFixed(4)) as [string, string];
        return {
          title: place ? { text: words.aroundPlace(named(language, place).text), lang: language } : { text: words.aroundHere, lang: language },
          subtitle: point && <span class="aside">{words.spotAt(lon, lat)}</span>,
          body: <AroundPanel subject={id} place={place} point={point} />, places: place ? [place] : [],
          bounds: point && ring(point, store),
        };
      };
    }
  }
}

function record(title: Worded, type: string | undefined, body: ComponentChildren, places: readonly PlaceRef[]): Content {
  return { title, subtitle: <span class="tag">{type}</span>, body, places, bounds: null };
}

const ring = (centre: LonLat, store: Store): Bounds => extentOf({ tool: 'circle', centre, metres: store.room.radius.value });
