/** What can be chosen of a picture of the map, and what is chosen unless somebody chooses otherwise. */
import { isLanguage, type Language } from './language';

/** The present view, a county (or all of them), the selected place, or a sheet for each township. */
export const SUBJECTS = ['view', 'county', 'place', 'each'] as const;
export type SubjectKind = (typeof SUBJECTS)[number];

export const PAPERS = ['a4', 'a3', 'a2', 'a1', 'a0'] as const;
export type Paper = (typeof PAPERS)[number];
/** For screens and slides. */
export const SCREENS = ['1366x768', '1920x1080'] as const;
export type Screen = (typeof SCREENS)[number];
export type Size = Paper | Screen;

export const ORIENTATIONS = ['auto', 'landscape', 'portrait'] as const;
export type Orientation = (typeof ORIENTATIONS)[number];

/** Round scales; the server has the same ones to fit a map into a sheet. */
export const SCALES = [10_000, 20_000, 25_000, 50_000, 75_000, 100_000, 150_000, 200_000, 250_000, 300_000, 400_000, 500_000] as const;

export const NETS = ['auto', 'degrees', 'none'] as const;
export type Net = (typeof NETS)[number];

export const FILE_KINDS = ['pdf', 'png', 'svg'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** Dots per inch of a PNG: as screens have them, twice as many, and for print. */
export const DPIS = [96, 192, 300] as const;
export type Dpi = (typeof DPIS)[number];

export interface PictureChoice {
  subject: SubjectKind;
  size: Size;
  orientation: Orientation;
  /** 100 000 stands for 1:100 000; `null` fits the map into the sheet. */
  scale: number | null;
  /** `null` follows the page. */
  language: Language | null;
  /** Title, legend, scale and sources stand around the map. */
  margins: boolean;
  net: Net;
  file: FileKind;
  dpi: Dpi;
}

export const USUAL_PICTURE: PictureChoice = {
  subject: 'view', size: 'a3', orientation: 'auto', scale: null, language: null, margins: true, net: 'auto', file: 'pdf', dpi: 192,
};

const among = <T>(all: readonly T[], value: unknown): value is T => (all as readonly unknown[]).includes(value);

export const isPaper = (size: Size): size is Paper => among(PAPERS, size);

/** Of what was kept, as much as is still a choice. */
export function decodePicture(value: unknown): Partial<PictureChoice> {
  if (typeof value !== 'object' || value === null) return {};
  const { subject, size, orientation, scale, language, margins, net, file, dpi } = value as Record<string, unknown>;
  return {
    ...(among(SUBJECTS, subject) && { subject }),
    ...((among(PAPERS, size) || among(SCREENS, size)) && { size }),
    ...(among(ORIENTATIONS, orientation) && { orientation }),
    ...(among<number>(SCALES, scale) && { scale }),
    ...(typeof language === 'string' && isLanguage(language) && { language }),
    ...(typeof margins === 'boolean' && { margins }),
    ...(among(NETS, net) && { net }),
    ...(among(FILE_KINDS, file) && { file }),
    ...(among(DPIS, dpi) && { dpi }),
  };
}

/** What differs from the usual, to be kept. */
export const unusual = (choice: PictureChoice): Partial<PictureChoice> =>
  Object.fromEntries(Object.entries(choice).filter(([name, value]) => value !== USUAL_PICTURE[name as keyof PictureChoice]));

/** What the choices come to where one rules out another: many sheets are a PDF, a screen has no 300 dots per inch. */
export function settled(choice: PictureChoice, { place, each }: { place: boolean; each: boolean }): PictureChoice {
  const missing = (choice.subject === 'place' && !place) || (choice.subject === 'each' && !each);
  const subject = missing ? 'view' : choice.subject;
  const paper = isPaper(choice.size);
  return {
    ...choice,
    subject,
    scale: paper ? choice.scale : null,
    file: subject === 'each' ? 'pdf' : choice.file,
    dpi: !paper && choice.dpi === 300 ? 192 : choice.dpi,
  };
}
