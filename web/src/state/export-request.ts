/** What is to be exported, from what the reader has chosen: pure, and it says what is still missing. */
import type { CrsChoice, Encoding, ExportRequest, FormatChoice } from '../api/export';
import type { Bounds } from '../api/types';
import { round } from './coordinates';
import type { Drawing } from './board';
import { crossesItself, geometryOf, type Shape } from './shapes';

export const PARTS = ['all', 'view', 'township', 'drawn', 'found'] as const;
export type PartKind = (typeof PARTS)[number];

/** What each part of the map would be at this moment; `null` where there is no such thing. */
export interface Parts {
  view: Bounds | null;
  township: string | null;
  drawn: Shape | null;
  found: ReadonlySet<string> | null;
}

/** Where in the form something is wrong. */
export type Spot = 'layers' | 'part' | 'form';

export type Fault = 'noLayer' | 'noView' | 'noTownship' | 'noDrawing' | 'crossing' | 'noFound';

export interface Choice {
  format: FormatChoice;
  layers: readonly string[];
  part: PartKind;
  crs: string;
  encoding: Encoding;
  records: boolean;
}

export function requestOf({ format, layers, part, crs, encoding, records }: Choice, parts: Parts): ExportRequest | Fault {
  if (layers.length === 0) return 'noLayer';
  const of = partOf(part, parts);
  return typeof of === 'string' ? of : { format: format.id, layers, crs, encoding, records, ...of };
}

function partOf(part: PartKind, { view, township, drawn, found }: Parts): Fault | Pick<ExportRequest, 'bbox' | 'within' | 'area' | 'places'> {
  switch (part) {
    case 'all': return {};
    case 'view': return view ? { bbox: view.map(round).join(',') } : 'noView';
    case 'township': return township ? { within: township } : 'noTownship';
    case 'found': return found ? { places: [...found] } : 'noFound';
    case 'drawn': {
      if (!drawn) return 'noDrawing';
      if (drawn.tool === 'polygon' && crossesItself(drawn.ring)) return 'crossing';
      const area = geometryOf(drawn);
      return area.type === 'Polygon' ? { area } : 'noDrawing';
    }
  }
}

/** Drawings that have an inside. */
export const areasAmong = (drawings: readonly Drawing[]): readonly Drawing[] => drawings.filter(({ shape }) => shape.tool !== 'point' && shape.tool !== 'line');

const DEGREES = 'EPSG:4326';
/** Metres around the middle of the data; the server picks the zone. */
const METRES = 'CGCS2000-GK';

/** A drawing in degrees cannot be measured, so CAD gets metres unless somebody has chosen otherwise. */
export function crsFor(format: FormatChoice, wanted: string | null, known: readonly CrsChoice[]): string {
  if (!format.any_crs) return DEGREES;
  const usual = format.id === 'dxf' ? METRES : DEGREES;
  return [wanted, usual].find((id) => known.some((crs) => crs.id === id)) ?? DEGREES;
}

export const encodingFor = ({ encodings }: FormatChoice, wanted: Encoding): Encoding =>
  encodings.includes(wanted) ? wanted : (encodings[0] ?? 'utf-8');

export const DESKS = ['office', 'gis', 'globe', 'cad', 'web'] as const;
export type Desk = (typeof DESKS)[number];

const ON_DESK: Readonly<Record<string, Desk>> = {
  xlsx: 'office', csv: 'office', gpkg: 'gis', shp: 'gis', fgb: 'gis', parquet: 'gis', kmz: 'globe', kml: 'globe', dxf: 'cad',
  geojson: 'web', geojsonseq: 'web', pmtiles: 'web',
};
const ORDER = Object.keys(ON_DESK);

/** Formats by the programs that open them, the usual one of each first; one that is new here goes to the programmers. */
export function byDesk(formats: readonly FormatChoice[]): readonly { desk: Desk; formats: readonly FormatChoice[] }[] {
  const place = ({ id }: FormatChoice): number => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length);
  return DESKS.map((desk) => ({ desk, formats: formats.filter(({ id }) => (ON_DESK[id] ?? 'web') === desk).sort((a, b) => place(a) - place(b)) }))
    .filter((group) => group.formats.length > 0);
}

/** The usual thing to take away: the first that there is. */
export const formatFor = (formats: readonly FormatChoice[], wanted: string | null): FormatChoice | null =>
  formats.find(({ id }) => id === wanted) ?? byDesk(formats)[0]?.formats[0] ?? null;

/** Where a refusal of the server belongs in the form. */
export function spotOf(status: number, part: PartKind): Spot {
  if (status === 422) return part === 'all' ? 'layers' : 'part';
  if (status === 404) return part === 'township' || part === 'found' ? 'part' : 'layers';
  return 'form';
}

export const spotOfFault = (fault: Fault): Spot => (fault === 'noLayer' ? 'layers' : 'part');
