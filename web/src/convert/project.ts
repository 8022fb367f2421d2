/** Coordinates of any reference that is taken, as degrees on CGCS2000/WGS 84 (equal at this accuracy). */
import gcoord from 'gcoord';
import proj4 from 'proj4';
import { fromEpsg, isRefusal, zoneOf, type Reference, type Refusal } from './reference';

export type ToLonLat = (x: number, y: number) => [number, number];

/** Both ellipsoids count as one: they differ by a tenth of a millimetre. */
const GLOBE = '+proj=longlat +ellps=GRS80 +no_defs';

export function toLonLat(reference: Reference): ToLonLat {
  const straight = upright(reference);
  return reference.swapped ? (x, y) => straight(y, x) : straight;
}

function upright(reference: Reference): ToLonLat {
  switch (reference.kind) {
    case 'geographic':
      return (x, y) => [x, y];
    case 'shifted': {
      const from = reference.datum === 'GCJ-02' ? gcoord.GCJ02 : gcoord.BD09;
      return (x, y) => gcoord.transform([x, y], from, gcoord.WGS84) as [number, number];
    }
    case 'gk': {
      const { meridian, width, prefixed } = reference;
      const easting = 500_000 + (prefixed ? zoneOf(meridian, width) * 1_000_000 : 0);
      return by(`+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${easting} +y_0=0 +ellps=GRS80 +units=m +no_defs`);
    }
    case 'utm':
      return by(`+proj=utm +zone=${reference.zone}${reference.south ? ' +south' : ''} +ellps=GRS80 +units=m +no_defs`);
    case 'mercator':
      return by('EPSG:3857', 'WGS84');
    case 'custom':
      return by(reference.wkt, 'WGS84');
  }
}

function by(definition: string, globe = GLOBE): ToLonLat {
  const between = proj4(definition, globe);
  return (x, y) => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return [NaN, NaN];
    const [lon = NaN, lat = NaN] = between.forward([x, y]);
    return [lon, lat];
  };
}

/** The references of China that a `.prj` or a GeoPackage may spell out; `null` if it cannot be told which datum is meant. */
export function fromWkt(text: string): Reference | Refusal | null {
  const wkt = text.replace(/^\uFEFF/, '').trim();
  if (!/^(PROJ|GEOG|GEOD|BOUND|COMPD)/i.test(wkt)) return null;
  const name = /^\w+\s*\[\s*"([^"]*)"/.exec(wkt)?.[1] ?? '';
  const datum = /(?:DATUM|ENSEMBLE)\s*\[\s*"([^"]*)"/i.exec(wkt)?.[1] ?? '';
  const verdict = datumOf(`${name} ${datum}`);
  if (verdict !== 'ours') return verdict;
  const code = /(?:AUTHORITY|ID)\s*\[\s*"EPSG"\s*,\s*"?(\d+)"?\s*\]\s*\]\s*$/i.exec(wkt)?.[1];
  const coded = code ? fromEpsg(Number(code)) : null;
  if (coded && !isRefusal(coded)) return coded;
  if (/^(GEOG|GEOD)/i.test(wkt)) return { kind: 'geographic', epsg: /wgs/i.test(datum) ? 4326 : 4490, swapped: false };
  return gaussKrugerOf(wkt, name);
}

function datumOf(names: string): 'ours' | Refusal | null {
  if (/beijing|北京|pulkovo.?1942.*china|krasovsky/i.test(names)) return 'beijing54';
  if (/xi'?an|西安/i.test(names)) return 'xian80';
  if (/wgs[_ -]?(19)?84|World_?\s?Geodetic_?\s?System_?\s?(19)?84|China_?\s?2000|CGCS_?\s?2000|China_?\s?Geodetic_?\s?Coordinate_?\s?System_?\s?2000|2000国家/i.test(names)) return 'ours';
  return /unknown|unnamed|undefined|not[_ ]specified|user|custom|local|^\s*$/i.test(names) ? null : 'datum';
}

/** ESRI spells Gauss–Krüger, others Transverse Mercator; what counts are its parameters. */
function gaussKrugerOf(wkt: string, name: string): Reference | Refusal {
  const parameter = (words: string): number | null => {
    const found = new RegExp(`PARAMETER\\s*\\[\\s*"(?:${words})"\\s*,\\s*(-?[\\d.eE+]+)`, 'i').exec(wkt)?.[1];
    return found === undefined ? null : Number(found);
  };
  const transverse = /"(Gauss_?\s?Kruger|Transverse_?\s?Mercator)"/i.test(wkt);
  const meridian = parameter('Central_Meridian|Longitude of natural origin');
  const easting = parameter('False_Easting|False easting');
  const northing = parameter('False_Northing|False northing') ?? 0;
  const scale = parameter('Scale_Factor|Scale factor at natural origin') ?? 1;
  if (transverse && meridian !== null && easting !== null && northing === 0 && scale === 1 && /cgcs|china/i.test(wkt)) {
    const zone = (easting - 500_000) / 1_000_000;
    for (const width of [3, 6] as const) {
      const whole = zoneOf(meridian, width);
      const regular = Number.isInteger(whole) && meridian >= 75 && meridian <= 135;
      if (regular && zone === 0 && (width === 3 || !/3.?degree/i.test(name))) return { kind: 'gk', meridian, width, prefixed: false, swapped: false };
      if (regular && zone === whole) return { kind: 'gk', meridian, width, prefixed: true, swapped: false };
    }
  }
  try {
    const [lon = NaN, lat = NaN] = proj4(wkt, 'WGS84').forward([easting ?? 0, 3_400_000]);
    if (Number.isFinite(lon) && Number.isFinite(lat)) return { kind: 'custom', name, wkt, swapped: false };
  } catch {
    // A projection that proj4 does not know.
  }
  return 'projection';
}
