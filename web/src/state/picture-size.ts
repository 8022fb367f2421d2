/** How large a picture is: millimetres of paper, pixels of a file, and which way round a sheet lies. */
import type { Bounds } from '../api/types';
import { isPaper, type Orientation, type Paper, type PictureChoice, type Size } from './picture';

/** Shorter and longer side in millimetres (ISO 216). */
const SIDES: Readonly<Record<Paper, readonly [number, number]>> = { a4: [210, 297], a3: [297, 420], a2: [420, 594], a1: [594, 841], a0: [841, 1189] };

const PER_INCH = 96;
const MM_PER_INCH = 25.4;

/** The server paints no more at once. */
export const MOST_PIXELS = 50_000_000;

/** As the server decides it: a sheet lies unless what it shows is clearly higher than wide. */
export function lies(orientation: Orientation, bounds: Bounds | null): boolean {
  if (orientation !== 'auto') return orientation === 'landscape';
  if (!bounds) return true;
  const [west, south, east, north] = bounds;
  // A point is shown with its surroundings, which are wider than high.
  if (east === west && north === south) return true;
  return (east - west) * Math.cos((((south + north) / 2) * Math.PI) / 180) >= (north - south) * 0.9;
}

/** Width and height in millimetres. */
export function sidesOf(paper: Paper, lying: boolean): readonly [number, number] {
  const [short, long] = SIDES[paper];
  return lying ? [long, short] : [short, long];
}

/** Width and height in CSS pixels. */
export function screenSize(size: Size, lying: boolean): readonly [number, number] {
  if (isPaper(size)) {
    const [width, height] = sidesOf(size, lying);
    return [(width / MM_PER_INCH) * PER_INCH, (height / MM_PER_INCH) * PER_INCH];
  }
  const [width = 0, height = 0] = size.split('x').map(Number);
  return [width, height];
}

/** Width and height of a PNG in pixels. */
export function pixelsOf({ size, dpi }: Pick<PictureChoice, 'size' | 'dpi'>, lying: boolean): readonly [number, number] {
  const [width, height] = screenSize(size, lying);
  return [Math.round((width * dpi) / PER_INCH), Math.round((height * dpi) / PER_INCH)];
}
