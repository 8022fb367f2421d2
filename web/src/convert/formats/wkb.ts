/** Well-known binary (ISO and the older EWKB), as GeoPackages and databases hold it, and the GeoPackage header before it. */
import type { Fault } from '../model';

export interface Decoded {
  geometry: GeoJSON.Geometry | null;
  fault?: Fault;
  z: boolean;
}

const ENVELOPE_BYTES = [0, 32, 48, 48, 64];
const EWKB_Z = 0x80000000;
const EWKB_M = 0x40000000;
const EWKB_SRID = 0x20000000;

export function fromGeoPackage(blob: Uint8Array): Decoded {
  if (blob.length < 8 || blob[0] !== 0x47 || blob[1] !== 0x50) return { geometry: null, fault: 'unreadable', z: false };
  const flags = blob[3] ?? 0;
  const envelope = ENVELOPE_BYTES[(flags >> 1) & 7];
  if (envelope === undefined || flags & 0x20) return { geometry: null, fault: 'unreadable', z: false };
  if (flags & 0x10) return { geometry: null, z: false };
  return fromWkb(blob.subarray(8 + envelope));
}

function fromWkb(bytes: Uint8Array): Decoded {
  const reader = new Reader(bytes);
  try {
    const geometry = reader.geometry();
    return { geometry, z: reader.z };
  } catch (error) {
    if (error instanceof Curve) return { geometry: null, fault: 'curve', z: false };
    if (error instanceof RangeError) return { geometry: null, fault: 'unreadable', z: false };
    throw error;
  }
}

class Curve extends Error {}

class Reader {
  z = false;
  private readonly view: DataView;
  private at = 0;
  private little = true;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  geometry(): GeoJSON.Geometry {
    this.little = this.view.getUint8(this.at) === 1;
    this.at += 1;
    const word = this.whole();
    const code = word & 0x0fffffff;
    const dimensions = Math.floor(code / 1000);
    if (word & EWKB_SRID) this.at += 4;
    const hasZ = dimensions === 1 || dimensions === 3 || (word & EWKB_Z) !== 0;
    const hasM = dimensions === 2 || dimensions === 3 || (word & EWKB_M) !== 0;
    this.z ||= hasZ;
    const width = 2 + Number(hasZ) + Number(hasM);
    const position = (): GeoJSON.Position => {
      const numbers = [this.number(), this.number()];
      this.at += 8 * (width - 2);
      return numbers;
    };
    const line = (): GeoJSON.Position[] => this.many(8 * width, position);
    switch (code % 1000) {
      case 1: return { type: 'Point', coordinates: position() };
      case 2: return { type: 'LineString', coordinates: line() };
      case 3: return { type: 'Polygon', coordinates: this.many(4, line) };
      case 4: return { type: 'MultiPoint', coordinates: this.parts<GeoJSON.Point>() };
      case 5: return { type: 'MultiLineString', coordinates: this.parts<GeoJSON.LineString>() };
      case 6: return { type: 'MultiPolygon', coordinates: this.parts<GeoJSON.Polygon>() };
      case 7: return { type: 'GeometryCollection', geometries: this.many(9, () => this.geometry()) };
      case 8: case 9: case 10: case 11: case 12: throw new Curve();
      default: throw new RangeError('geometry type');
    }
  }

  private parts<T extends { coordinates: unknown }>(): T['coordinates'][] {
    return this.many(9, () => (this.geometry() as unknown as T).coordinates);
  }

  /** A count that the blob is too short for is no count. */
  private many<T>(least: number, read: () => T): T[] {
    const count = this.whole();
    if (count * least > this.view.byteLength - this.at) throw new RangeError('count');
    return Array.from({ length: count }, read);
  }

  private whole(): number {
    const value = this.view.getUint32(this.at, this.little);
    this.at += 4;
    return value;
  }

  private number(): number {
    const value = this.view.getFloat64(this.at, this.little);
    this.at += 8;
    return value;
  }
}
