/**
 * Coordinate references by name and number. Nothing is computed here (`project.ts` does that).
 *
 * Taken are those that differ from CGCS2000 by less than a metre, and the two shifted ones of Chinese
 * web maps. Beijing 1954 and Xi'an 1980 are refused: their parameters to CGCS2000 are local and secret, so any
 * conversion here would be off by tens of metres and nobody would see it.
 */
export type Reference = (
  | { kind: 'geographic'; epsg: 4326 | 4490 }
  | { kind: 'gk'; meridian: number; width: 3 | 6; prefixed: boolean }
  | { kind: 'mercator' }
  | { kind: 'utm'; zone: number; south: boolean }
  | { kind: 'shifted'; datum: 'GCJ-02' | 'BD-09' }
  | { kind: 'custom'; name: string; wkt: string }
) & {
  /** North comes first: latitude before longitude, or the x of a Chinese survey. */
  swapped: boolean;
};

export type Refusal = 'beijing54' | 'xian80' | 'datum' | 'unknown-code' | 'projection';

export const WGS84: Reference = { kind: 'geographic', epsg: 4326, swapped: false };
export const CGCS2000: Reference = { kind: 'geographic', epsg: 4490, swapped: false };
export const GCJ02: Reference = { kind: 'shifted', datum: 'GCJ-02', swapped: false };
export const BD09: Reference = { kind: 'shifted', datum: 'BD-09', swapped: false };
export const MERCATOR: Reference = { kind: 'mercator', swapped: false };

/** 3-degree zones are numbered by a third of their meridian, 6-degree zones from 75°E = 13. */
export const zoneOf = (meridian: number, width: 3 | 6): number => (width === 3 ? meridian / 3 : (meridian + 3) / 6);
export const meridianOf = (zone: number, width: 3 | 6): number => (width === 3 ? zone * 3 : zone * 6 - 3);

export const gaussKruger = (meridian: number, width: 3 | 6, prefixed: boolean, swapped = false): Reference =>
  ({ kind: 'gk', meridian, width, prefixed, swapped });

const within = (code: number, from: number, to: number): boolean => code >= from && code <= to;

export function fromEpsg(code: number): Reference | Refusal {
  if (code === 4326 || code === 4979) return WGS84;
  if (code === 4490 || code === 4480) return CGCS2000;
  if ([3857, 900913, 102100, 102113, 3785].includes(code)) return MERCATOR;
  if (within(code, 4513, 4533)) return gaussKruger(meridianOf(code - 4513 + 25, 3), 3, true);
  if (within(code, 4534, 4554)) return gaussKruger(75 + (code - 4534) * 3, 3, false);
  if (within(code, 4491, 4501)) return gaussKruger(meridianOf(code - 4491 + 13, 6), 6, true);
  if (within(code, 4502, 4512)) return gaussKruger(75 + (code - 4502) * 6, 6, false);
  if (within(code, 32601, 32660)) return { kind: 'utm', zone: code - 32600, south: false, swapped: false };
  if (within(code, 32701, 32760)) return { kind: 'utm', zone: code - 32700, south: true, swapped: false };
  if (code === 4214 || code === 4555 || within(code, 2401, 2442) || within(code, 21413, 21423) || within(code, 21453, 21463)
    || within(code, 21473, 21483) || within(code, 4568, 4589) || within(code, 4652, 4656)
    || within(code, 4766, 4800) || code === 4812 || code === 4822) return 'beijing54';
  if (code === 4610 || within(code, 2327, 2390)) return 'xian80';
  return 'unknown-code';
}

/** The number under which everybody else knows it; `null` where it has none. */
export function epsgOf(reference: Reference): number | null {
  switch (reference.kind) {
    case 'geographic': return reference.epsg;
    case 'mercator': return 3857;
    case 'utm': return (reference.south ? 32700 : 32600) + reference.zone;
    case 'gk': {
      const { meridian, width, prefixed } = reference;
      const zone = zoneOf(meridian, width);
      if (width === 3) return prefixed ? 4513 + zone - 25 : 4534 + (meridian - 75) / 3;
      return prefixed ? 4491 + zone - 13 : 4502 + (meridian - 75) / 6;
    }
    default: return null;
  }
}

/** A reference named in words, as in a `crs` member, a column header or a file name. Names of map services are no reference. */
export function namedShift(words: string): Reference | null {
  if (/gcj[-_ ]?0?2|火星坐标|国测局坐标/i.test(words)) return GCJ02;
  if (/bd[-_ ]?0?9(ll)?|百度坐标/i.test(words)) return BD09;
  return null;
}

export function fromName(name: string): Reference | Refusal | null {
  const shift = namedShift(name);
  if (shift) return shift;
  if (/CRS:?84$/i.test(name)) return WGS84;
  const code = /EPSG\D{0,4}(?:[\d.]*:)?(\d{4,6})\b/i.exec(name)?.[1];
  if (code) return fromEpsg(Number(code));
  if (/cgcs[-_ ]?2000|国家?2000|大地2000/i.test(name)) return CGCS2000;
  if (/wgs[-_ ]?(19)?84/i.test(name)) return WGS84;
  if (/beijing[-_ ]?(19)?54|北京[-_ ]?(19)?54/i.test(name)) return 'beijing54';
  if (/xi'?an[-_ ]?(19)?80|西安[-_ ]?(19)?80/i.test(name)) return 'xian80';
  return null;
}

export const isRefusal = (found: Reference | Refusal | null): found is Refusal => typeof found === 'string';

/** Degrees on the globe rather than metres on a sheet. */
export const inDegrees = (reference: Reference): boolean => reference.kind === 'geographic' || reference.kind === 'shifted'
  || (reference.kind === 'custom' && /^\s*GEOG/i.test(reference.wkt));

/** WGS 84 and CGCS2000 in degrees are one and the same here. */
export const sameReference = (a: Reference, b: Reference): boolean =>
  (a.kind === 'geographic' && b.kind === 'geographic' ? a.swapped === b.swapped : JSON.stringify(a) === JSON.stringify(b));
