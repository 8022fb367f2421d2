/** The present view of the map as a stop of one's own tour: camera, layers, and what is selected. */
import { api } from '../../api/client';
import type { Atlas, Stop, StopRecord } from '../../api/types';
import { defaultChoice } from '../../state/layers';
import { withStop } from '../../state/own-tour';
import type { Selection } from '../../state/selection';
import { cameraOf } from '../../state/stage';
import type { Store } from '../../state/store';
import { mapFrame } from '../map-frame';

/** Of a record that lies everywhere, so many places stand out. */
const MANY = 12;

type About = Pick<Stop, 'title' | 'title_en' | 'plan' | 'section' | 'places' | 'records'>;

const NOTHING: About = { title: '', title_en: '', plan: null, section: null, places: [], records: [] };

/** Appends it, and opens it for editing. */
export async function keepView(store: Store, atlas: Atlas): Promise<void> {
  const camera = cameraNow(store);
  if (!camera) return;
  const layers = layersNow(store, atlas);
  // What the selected thing is called can be written by hand, too.
  const about = await aboutOf(store.selection.peek(), store).catch(() => NOTHING);
  const { own, edited } = store.presenting;
  own.value = withStop(own.peek(), { ...about, caption: '', caption_en: '', ...camera, pitch: 0, layers });
  edited.value = own.peek().stops.length - 1;
  store.dialog.value = 'tours';
}

export const layersNow = (store: Store, atlas: Atlas): string[] => Object.keys(store.layers.peek() ?? defaultChoice(atlas.layers));

/** As the ground in sight would look on the stage. */
export function cameraNow(store: Store): Pick<Stop, 'center' | 'zoom' | 'bearing'> | null {
  const view = store.view.peek();
  const frame = mapFrame();
  return view && frame ? cameraOf(view, frame) : null;
}

async function aboutOf(selection: Selection, store: Store): Promise<About> {
  if (selection.kind === 'none') return NOTHING;
  const { id } = selection;
  // A spot without a name is kept as a view of it.
  if (selection.kind === 'around') return NOTHING;
  if (selection.kind === 'place' || selection.kind === 'site') {
    const { place } = await api.place(id);
    return { ...NOTHING, title: place.name, title_en: place.name_en ?? '', places: [id] };
  }
  const record = await recordOf(selection.kind, id);
  return {
    title: record.title, title_en: record.title_en ?? '', plan: record.plan, section: record.section[0] ?? null,
    places: store.shown.peek().map((place) => place.id).slice(0, MANY),
    records: [{ plan: record.plan, table: record.table, id, title: record.title, title_en: record.title_en }],
  };
}

async function recordOf(kind: Exclude<Selection['kind'], 'none' | 'place' | 'site' | 'around'>, id: string): Promise<StopRecord & { section: readonly string[] }> {
  const names = ({ name, name_en }: { name: string; name_en: string | null }) => ({ title: name, title_en: name_en });
  switch (kind) {
    case 'project': {
      const { plan, section, ...project } = await api.project(id);
      return { plan, section, table: 'projects', id, ...names(project) };
    }
    case 'target': {
      const { plan, section, ...target } = await api.target(id);
      return { plan, section, table: 'targets', id, ...names(target) };
    }
    case 'task': {
      const { plan, section, title, title_en } = await api.task(id);
      return { plan, section, table: 'tasks', id, title, title_en };
    }
    case 'organisation': {
      const { plan, section, ...unit } = await api.organisation(id);
      return { plan, section, table: 'organisations', id, ...names(unit) };
    }
    case 'discrepancy': {
      const { plan, section_a, topic, topic_en } = await api.discrepancy(id);
      return { plan, section: section_a, table: 'discrepancies', id, title: topic, title_en: topic_en };
    }
  }
}
