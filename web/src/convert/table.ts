/**
 * Tables: which row is the heading, which columns say where a row stands (guessed by heading and content,
 * to be confirmed by the person), and rows as features.
 */
import { coordinate, pair } from './numbers';
import { looksWkt, readWkt } from './formats/wkt';
import type { Cell, Placing, RawFeature, Table } from './model';
import { fromName, isRefusal, type Reference } from './reference';
import { unique } from './formats/dbf';
import type { Matcher } from './townships';

const filled = (row: readonly Cell[]): number => row.filter((cell) => cell !== null && cell !== '').length;

/** Titles above the heading fill a cell or two of a wide table. */
export function tabulate(rows: readonly (readonly Cell[])[]): { table: Table; titles: number } | null {
  const widest = Math.max(0, ...rows.slice(0, 20).map(filled));
  const at = rows.findIndex((row) => filled(row) >= Math.max(1, widest / 2));
  const heading = rows[at];
  if (!heading || rows.length <= at + 1) return null;
  const width = heading.reduce<number>((last, cell, i) => (cell === null ? last : i + 1), 0);
  const header = unique(Array.from({ length: width }, (_, i) => String(heading[i] ?? '').trim() || `#${i + 1}`));
  const body = rows.slice(at + 1).filter((row) => filled(row) > 0);
  return body.length ? { table: { header, rows: body }, titles: at } : null;
}

const LON = [/^(经度|东经|lon|lng|long|longitude)$/i, /经度|longitude|^(gcj|bd|wgs|gps)?_?-?(84|02|09)?_?(lon|lng)|(lon|lng)$/i, /^(x|x坐标|横坐标|东坐标|东|easting|east|e)$/i, /^(x|y)[_(（]/i];
const LAT = [/^(纬度|北纬|lat|latitude)$/i, /纬度|latitude|^(gcj|bd|wgs|gps)?_?-?(84|02|09)?_?lat|lat$/i, /^(y|y坐标|纵坐标|北坐标|北|northing|north|n)$/i, /^(y|x)[_(（]/i];
const TOWNSHIP = /乡镇|镇街|街道|镇乡|行政区划|区划代码|^(township|town|镇|乡)$/i;

/** Rows looked at for a guess. */
const LOOKED_AT = 200;
/** A column of names is one of townships if more than half of them are. */
const ENOUGH = 0.5;

export function guessPlacing({ header, rows }: Table, match: Matcher): Placing | null {
  const sample = rows.slice(0, LOOKED_AT);
  const share = (column: number, is: (cell: Cell) => boolean): number => {
    const cells = sample.map((row) => row[column] ?? null).filter((cell) => cell !== null);
    return cells.length ? cells.filter(is).length / cells.length : 0;
  };
  const numeric = header.map((_, column) => share(column, (cell) => coordinate(cell) !== null) > ENOUGH);
  const by = (patterns: readonly RegExp[], except = -1): number => {
    for (const pattern of patterns) {
      const column = header.findIndex((title, i) => i !== except && numeric[i] && pattern.test(title.replace(/\s/g, '')));
      if (column >= 0) return column;
    }
    return -1;
  };
  const wkt = header.findIndex((_, column) => share(column, (cell) => typeof cell === 'string' && looksWkt(cell)) > ENOUGH);
  if (wkt >= 0) return { kind: 'wkt', column: wkt };
  const x = by(LON);
  const y = by(LAT, x);
  if (x >= 0 && y >= 0) return upright({ kind: 'columns', x, y }, sample);
  const both = header.findIndex((_, column) => share(column, (cell) => pair(cell) !== null) > ENOUGH);
  if (both >= 0) return { kind: 'pair', column: both };
  const names = header.map((title, column) => ({ column, fits: share(column, (cell) => match(cell).kind === 'found'), called: TOWNSHIP.test(title) }));
  const best = names.sort((a, b) => b.fits - a.fits || Number(b.called) - Number(a.called))[0];
  return best && best.fits > ENOUGH ? { kind: 'township', column: best.column } : null;
}

/** In a Chinese survey x points north. Eastings and northings never overlap there, so the values tell. */
function upright(placing: Extract<Placing, { kind: 'columns' }>, sample: Table['rows']): Placing {
  const isNorth = (column: number): boolean => sample.some((row) => {
    const value = coordinate(row[column]);
    return value !== null && value > 1_800_000 && value < 6_200_000;
  });
  return isNorth(placing.x) && !isNorth(placing.y) ? { ...placing, x: placing.y, y: placing.x } : placing;
}

/** What the headings of the coordinate columns call the reference; a bare 经度 calls it nothing. */
export function headerReference({ header }: Table, placing: Placing | null): Reference | null {
  if (!placing || placing.kind === 'township') return null;
  const titles = placing.kind === 'columns' ? [header[placing.x], header[placing.y]] : [header[placing.column]];
  const found = fromName(titles.join(' '));
  return isRefusal(found) ? null : found;
}

export function placeRows({ header, rows }: Table, placing: Placing, match: Matcher): RawFeature[] {
  return rows.map((row) => {
    const properties: Record<string, unknown> = Object.fromEntries(header.map((title, i) => [title, row[i] ?? null]));
    return { id: null, properties, ...placed(row, placing, match, properties) };
  });
}

function placed(row: readonly Cell[], placing: Placing, match: Matcher, properties: Record<string, unknown>): Omit<RawFeature, 'id' | 'properties'> {
  switch (placing.kind) {
    case 'columns': {
      const [x, y] = [coordinate(row[placing.x]), coordinate(row[placing.y])];
      return x === null || y === null ? nowhere(`${row[placing.x] ?? ''} ${row[placing.y] ?? ''}`.trim()) : { geometry: { type: 'Point', coordinates: [x, y] } };
    }
    case 'pair': {
      const point = pair(row[placing.column]);
      return point ? { geometry: { type: 'Point', coordinates: point } } : nowhere(String(row[placing.column] ?? ''));
    }
    case 'wkt': {
      const text = String(row[placing.column] ?? '');
      return readWkt(text) ?? nowhere(text.slice(0, 60));
    }
    case 'township': {
      const cell = row[placing.column] ?? '';
      const found = match(cell);
      if (found.kind === 'none' || !found.township.point) {
        return { geometry: null, fault: found.kind === 'none' ? found.fault : 'unknown-township', detail: String(cell) };
      }
      properties['within'] = found.township.id;
      properties['accuracy'] = 'seat';
      return {
        geometry: { type: 'Point', coordinates: found.township.point },
        ...(found.byStem && { fault: 'township-by-stem' as const, detail: `${String(cell)} → ${found.township.name}` }),
      };
    }
  }
}

const nowhere = (written: string): { geometry: null; fault: 'no-coordinates'; detail: string } => ({ geometry: null, fault: 'no-coordinates', detail: written });
