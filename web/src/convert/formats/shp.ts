/**
 * Shapes out of a `.shp`, record by record, so that a broken one is reported by its number and the rest is
 * kept. Rings are put together again: outer ones run clockwise, and each hole goes to the outer ring around it.
 *
 * Own code, because the libraries at hand stop at the first broken record or step over it silently,
 * and from then on every shape bears the attributes of another.
 */
import { Refused } from '../failure';
import { contains, signedArea, type Ring } from '../rings';
import type { Fault } from '../model';

export interface Shape {
  geometry: GeoJSON.Geometry | null;
  fault?: Fault;
  z: boolean;
}

export interface Shapes {
  shapes: Shape[];
  /** The file ends in the middle of a record. */
  cutOff: boolean;
}

const HEADER = 100;
const MULTIPATCH = 31;
const FAMILY: Readonly<Record<number, 'point' | 'line' | 'polygon' | 'multipoint'>> = {
  1: 'point', 3: 'line', 5: 'polygon', 8: 'multipoint', 11: 'point', 13: 'line', 15: 'polygon', 18: 'multipoint',
  21: 'point', 23: 'line', 25: 'polygon', 28: 'multipoint',
};
const HAS_Z = [11, 13, 15, 18];

export function readShapes(bytes: Uint8Array): Shapes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER || view.getInt32(0) !== 9994) throw new Refused({ code: 'shp-broken' });
  const type = view.getInt32(32, true);
  if (type === MULTIPATCH) throw new Refused({ code: 'shp-multipatch' });
  if (type !== 0 && !FAMILY[type]) throw new Refused({ code: 'shp-broken' });
  const shapes: Shape[] = [];
  let at = HEADER;
  while (at + 12 <= bytes.length) {
    const length = view.getInt32(at + 4) * 2;
    if (length < 4 || at + 8 + length > bytes.length) return { shapes, cutOff: true };
    shapes.push(shapeOf(new DataView(bytes.buffer, bytes.byteOffset + at + 8, length)));
    at += 8 + length;
  }
  return { shapes, cutOff: at < bytes.length };
}

function shapeOf(record: DataView): Shape {
  const type = record.getInt32(0, true);
  if (type === 0) return { geometry: null, z: false };
  try {
    return { geometry: geometryOf(record, type), z: HAS_Z.includes(type) };
  } catch (error) {
    if (error instanceof RangeError) return { geometry: null, fault: 'unreadable', z: false };
    throw error;
  }
}

function geometryOf(record: DataView, type: number): GeoJSON.Geometry {
  switch (FAMILY[type]) {
    case 'point':
      return { type: 'Point', coordinates: position(record, 4) };
    case 'multipoint':
      return { type: 'MultiPoint', coordinates: positions(record, 40, countAt(record, 36, 16)) };
    case 'line': {
      const lines = parts(record);
      return lines.length === 1 ? { type: 'LineString', coordinates: lines[0] ?? [] } : { type: 'MultiLineString', coordinates: lines };
    }
    case 'polygon': {
      const polygons = assemble(parts(record));
      return polygons.length === 1 ? { type: 'Polygon', coordinates: polygons[0] ?? [] } : { type: 'MultiPolygon', coordinates: polygons };
    }
    default:
      throw new RangeError('unknown shape');
  }
}

const position = (record: DataView, at: number): [number, number] => [record.getFloat64(at, true), record.getFloat64(at + 8, true)];
const positions = (record: DataView, at: number, count: number): [number, number][] =>
  Array.from({ length: count }, (_, i) => position(record, at + 16 * i));

/** A count that the record is too short for is no count: nothing is allocated for it. */
function countAt(record: DataView, at: number, size: number): number {
  const count = record.getInt32(at, true);
  if (count < 0 || count * size > record.byteLength) throw new RangeError('count');
  return count;
}

function parts(record: DataView): Ring[] {
  const count = countAt(record, 36, 4);
  const total = countAt(record, 40, 16);
  const starts = Array.from({ length: count }, (_, i) => record.getInt32(44 + 4 * i, true));
  const all = positions(record, 44 + 4 * count, total);
  if (starts.some((start, i) => start < 0 || start > total || start < (starts[i - 1] ?? 0))) throw new RangeError('parts');
  return starts.map((start, i) => all.slice(start, starts[i + 1] ?? total));
}

function assemble(rings: readonly Ring[]): Ring[][] {
  const outer = rings.filter((ring) => signedArea(ring) <= 0).map((ring) => [ring]);
  for (const hole of rings.filter((ring) => signedArea(ring) > 0)) {
    const around = outer.length === 1 ? outer[0] : outer.find(([shell]) => shell && hole[0] && contains(shell, hole[0]));
    // A lone counter-clockwise ring is an area that somebody has drawn the wrong way round.
    if (around) around.push(hole);
    else outer.push([hole]);
  }
  return outer;
}
