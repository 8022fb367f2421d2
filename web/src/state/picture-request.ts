/** What is asked of the server for a picture, from what has been chosen: pure. */
import type { Bounds } from '../api/types';
import { round } from './coordinates';
import type { Language } from './language';
import { isPaper, type PictureChoice } from './picture';
import { MOST_PIXELS, pixelsOf } from './picture-size';

export type Subject =
  | { kind: 'view'; bounds: Bounds }
  /** `null`: all that is planned. */
  | { kind: 'county'; id: string | null }
  | { kind: 'place'; id: string }
  /** A sheet for each place of a layer; the preview shows the first. */
  | { kind: 'each'; layer: string; first: string; sheets: number };

export interface Picture extends Omit<PictureChoice, 'subject' | 'language'> {
  subject: Subject;
  language: Language;
  layers: readonly string[];
  /** `null` leaves the heading to the server. */
  title: string | null;
}

/** What the server would refuse, known beforehand. */
export type Fault = 'noLayer' | 'noView' | 'unlocated' | 'tooManySheets' | 'tooManyPixels';

/** The map itself can be drawn all the same, only not as this file. */
export const concernsFile = (fault: Fault | null): boolean => fault === 'tooManyPixels';

/** The server makes no more at once. */
export const MOST_SHEETS = 200;

export function faultOf({ subject, layers, file, size, dpi }: Picture, lying: boolean): Fault | null {
  if (layers.length === 0) return 'noLayer';
  if (subject.kind === 'each' && subject.sheets > MOST_SHEETS) return 'tooManySheets';
  if (file !== 'png') return null;
  const [width, height] = pixelsOf({ size, dpi }, lying);
  return width * height > MOST_PIXELS ? 'tooManyPixels' : null;
}

/** The address of the file. */
export const fileAddress = (picture: Picture): string => `/map.${picture.file}?${queryOf(picture).toString()}`;

/** The address of what it will look like: the same picture as SVG, and of many sheets the first. */
export function previewAddress(picture: Picture): string {
  const { subject } = picture;
  const one: Picture = subject.kind === 'each' ? { ...picture, subject: { kind: 'place', id: subject.first }, title: null } : picture;
  return `/map.svg?${queryOf({ ...one, file: 'svg' }).toString()}`;
}

function queryOf({ subject, layers, size, orientation, scale, title, language, margins, net, file, dpi }: Picture): URLSearchParams {
  const asked: Record<string, string> = { layers: layers.join(','), ...subjectQuery(subject) };
  if (isPaper(size)) {
    asked['paper'] = size;
    if (orientation !== 'auto') asked['orientation'] = orientation;
    if (scale !== null) asked['scale'] = String(scale);
  } else {
    const [width = '', height = ''] = size.split('x');
    Object.assign(asked, { width, height });
  }
  // Each sheet is headed by its own place.
  if (title && margins && subject.kind !== 'each') asked['title'] = title;
  Object.assign(asked, { lang: language, margins: String(margins), grid: net });
  if (file === 'png') asked['dpi'] = String(dpi);
  return new URLSearchParams(asked);
}

function subjectQuery(subject: Subject): Record<string, string> {
  switch (subject.kind) {
    case 'view': return { bbox: subject.bounds.map(round).join(',') };
    case 'county': return subject.id === null ? {} : { place: subject.id };
    case 'place': return { place: subject.id };
    case 'each': return { each: subject.layer };
  }
}
