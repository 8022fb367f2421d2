/** What is chosen in the dialog at this moment, and the picture that comes of it or what is wrong with it. */
import type { Bounds, Place } from '../../api/types';
import { named, titled, type Language } from '../../state/language';
import { effectiveChoice, isVisible } from '../../state/layers';
import { settled, type PictureChoice } from '../../state/picture';
import { concernsFile, faultOf, type Fault, type Picture, type Subject } from '../../state/picture-request';
import { lies } from '../../state/picture-size';
import { titleOf } from '../../state/picturing';
import { useAtlas } from '../context';
import { useSubjects, type Subjects } from './useSubjects';

export interface Chosen {
  choice: PictureChoice;
  choose: (part: Partial<PictureChoice>) => void;
  subjects: Subjects;
  /** Of what is written on the picture. */
  language: Language;
  county: Place | null;
  layers: readonly string[];
  /** Tells one subject from another. */
  subjectKey: string;
  heading: string;
  /** What the file is named after. */
  fileTitle: string;
  lying: boolean;
  /** `null` while something is on its way, or where there is nothing to draw. */
  picture: Picture | null;
  fault: Fault | null;
}

export function useChosen(): Chosen {
  const { atlas, store, language: page } = useAtlas();
  const kept = store.settings.picture;
  const subjects = useSubjects();
  const selected = store.selection.value.kind === 'place';
  const choice = settled(kept.value, { place: selected, each: subjects.sheets > 0 });
  const language = choice.language ?? page;
  const county = countyOf(store.picturing.county.value, subjects);
  const { subject, bounds, name } = subjectOf(choice.subject, subjects, county);

  const visible = effectiveChoice(store.layers.value, atlas.layers);
  const layers = atlas.layers.filter(({ id }) => isVisible(visible, id)).map(({ id }) => id);
  const subjectKey = `${choice.subject} ${subject && 'id' in subject ? subject.id : ''}`;
  const usual = (name ? named(language, name) : titled(language, atlas)).text;
  const heading = titleOf(store.picturing.title.value, subjectKey, usual);
  const townships = atlas.layers.find(({ id }) => subject?.kind === 'each' && id === subject.layer);
  const fileTitle = (townships ? titled(language, townships).text : heading.trim()) || usual;
  const lying = lies(choice.orientation, bounds ?? atlas.bounds);
  const whole: Picture | null = subject && { ...choice, subject, layers, title: heading.trim() || null, language };
  const noView = choice.subject === 'view' && !subjects.view;
  const unlocated = choice.subject === 'place' && name !== null && name.point === null && name.bounds === null;
  const fault = noView ? 'noView' : unlocated ? 'unlocated' : whole && faultOf(whole, lying);
  return {
    choice, choose: (part) => void (kept.value = { ...kept.value, ...part }),
    subjects, language, county, layers, subjectKey, heading, fileTitle, lying,
    picture: fault && !concernsFile(fault) ? null : whole, fault,
  };
}

/** What somebody has chosen, else where the selected place lies, else what is in the middle of the screen. */
function countyOf(chosen: string | 'all' | null, { counties, place, view }: Subjects): Place | null {
  if (chosen === 'all') return null;
  const [lon, lat] = view ? [(view[0] + view[2]) / 2, (view[1] + view[3]) / 2] : [NaN, NaN];
  const holds = ({ bounds }: Place): boolean => bounds !== null && bounds[0] <= lon && lon <= bounds[2] && bounds[1] <= lat && lat <= bounds[3];
  return counties.find(({ id }) => id === chosen) ?? counties.find(({ id }) => id === place?.id || id === place?.county)
    ?? counties.find(holds) ?? counties[0] ?? null;
}

function subjectOf(kind: PictureChoice['subject'], { view, place, each, loading }: Subjects, county: Place | null): {
  subject: Subject | null; bounds: Bounds | null; name: Place | null;
} {
  switch (kind) {
    case 'view': return { subject: view && { kind, bounds: view }, bounds: view, name: null };
    case 'county': return { subject: !county && loading ? null : { kind, id: county?.id ?? null }, bounds: county?.bounds ?? null, name: county };
    case 'place': return { subject: place && { kind, id: place.id }, bounds: place?.bounds ?? null, name: place };
    case 'each': return { subject: each && { kind, layer: each.layer, first: each.first.id, sheets: each.sheets }, bounds: each?.first.bounds ?? null, name: null };
  }
}
