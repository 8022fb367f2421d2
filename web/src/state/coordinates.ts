/**
 * Positions as people type them: `108.693,30.933`, `108°41′36″E 30°55′59″N`, `东经108度41分36秒，北纬30°56′`.
 * Longitude comes first unless letters say otherwise. What cannot be told is refused with its reason,
 * never guessed.
 */
import type { Bounds, LonLat } from '../api/types';

/** Why a text is no position: nothing there, not two angles, swapped, or not where the atlas is. */
export type Fault = 'empty' | 'unreadable' | 'swapped' | 'outside';
export type Read<T> = { ok: true; value: T } | { ok: false; fault: Fault; line: number };

const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const SEXAGESIMAL = String.raw`(${NUMBER})\s*(?:[°度d]\s*(?:(\d+(?:\.\d+)?)\s*[′’'分m]\s*(?:(\d+(?:\.\d+)?)\s*(?:[″”"秒s]|''|′′)\s*)?)?)?`;
const BEFORE = String.raw`(?:(东经|西经|北纬|南纬|经度|纬度|[EWNS])\s*[:：]?\s*)`;
const ANGLE = new RegExp(String.raw`${BEFORE}${SEXAGESIMAL}|${SEXAGESIMAL}\s*([EWNS])?`, 'giy');
const BETWEEN = /[\s,，、;；]*/y;

type Axis = 'lon' | 'lat';
interface Angle {
  degrees: number;
  axis: Axis | null;
}

const LETTERS: Record<string, readonly [Axis, 1 | -1]> = {
  E: ['lon', 1], W: ['lon', -1], N: ['lat', 1], S: ['lat', -1],
  东经: ['lon', 1], 西经: ['lon', -1], 北纬: ['lat', 1], 南纬: ['lat', -1], 经度: ['lon', 1], 纬度: ['lat', 1],
};

/** Degrees, minutes and seconds as a number; `null` where minutes or seconds reach 60. */
function angleOf(match: RegExpExecArray): Angle | null {
  const [, before, d1, m1, s1, d2, m2, s2, after] = match;
  const [degrees, minutes, seconds] = [d1 ?? d2, m1 ?? m2 ?? '0', s1 ?? s2 ?? '0'].map(Number);
  if (degrees === undefined || minutes === undefined || seconds === undefined || minutes >= 60 || seconds >= 60) return null;
  const size = Math.abs(degrees) + minutes / 60 + seconds / 3600;
  const [axis, sign] = LETTERS[(before ?? after ?? '').toUpperCase()] ?? [null, 1 as const];
  return { degrees: (String(d1 ?? d2).startsWith('-') ? -size : size) * sign, axis };
}

/** All angles of a text, or nothing when something else stands between them. */
function anglesOf(text: string): Angle[] | null {
  const angles: Angle[] = [];
  let at = skip(text, 0);
  while (at < text.length) {
    ANGLE.lastIndex = at;
    const match = ANGLE.exec(text);
    const angle = match && match[0] ? angleOf(match) : null;
    if (!match || !angle) return null;
    angles.push(angle);
    at = skip(text, at + match[0].length);
  }
  return angles;
}

function skip(text: string, from: number): number {
  BETWEEN.lastIndex = from;
  return from + (BETWEEN.exec(text)?.[0].length ?? 0);
}

const inside = ([lon, lat]: LonLat, [west, south, east, north]: Bounds): boolean =>
  lon >= west && lon <= east && lat >= south && lat <= north;

/** Full-width digits and punctuation, as an input method leaves them, and what is typed for a degree sign. */
const narrow = (text: string): string => text.replace(/[º˚]/g, '°').normalize('NFKC').trim();

/** One position within `near`. */
export function readPosition(text: string, near: Bounds, line = 1): Read<LonLat> {
  const fail = (fault: Fault): Read<LonLat> => ({ ok: false, fault, line });
  const typed = narrow(text);
  if (!typed) return fail('empty');
  const angles = anglesOf(typed);
  const [first, second] = angles ?? [];
  if (!first || !second || angles?.length !== 2 || (first.axis !== null && first.axis === second.axis)) return fail('unreadable');
  const latFirst = first.axis === 'lat' || second.axis === 'lon';
  const point: LonLat = latFirst ? [second.degrees, first.degrees] : [first.degrees, second.degrees];
  const rounded: LonLat = [round(point[0]), round(point[1])];
  if (inside(rounded, near)) return { ok: true, value: rounded };
  return fail(first.axis === null && inside([point[1], point[0]], near) ? 'swapped' : 'outside');
}

/** One position per line; empty lines do not count. */
export function readPositions(text: string, near: Bounds): Read<LonLat[]> {
  const points: LonLat[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (!line.trim()) continue;
    const read = readPosition(line, near, i + 1);
    if (!read.ok) return read;
    points.push(read.value);
  }
  return points.length ? { ok: true, value: points } : { ok: false, fault: 'empty', line: 1 };
}

/** One angle alone, as the side of a rectangle. */
export function readAngle(text: string): number | null {
  const angles = anglesOf(narrow(text));
  return angles?.length === 1 && angles[0] ? round(angles[0].degrees) : null;
}

/** A tenth of a metre. */
export const round = (degrees: number): number => Number(degrees.toFixed(6));

export const writePosition = ([lon, lat]: LonLat): string => `${round(lon)},${round(lat)}`;
