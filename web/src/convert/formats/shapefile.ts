/** A Shapefile out of its parts: shapes, attributes, encoding and reference. */
import { decode } from '../encoding';
import { Refused } from '../failure';
import type { Decoded, Encoding, Notice, RawFeature, Stated } from '../model';
import { fromWkt } from '../project';
import { isRefusal } from '../reference';
import { readAttributes } from './dbf';
import { readShapes } from './shp';

export interface Parts {
  shp?: Uint8Array;
  dbf?: Uint8Array;
  prj?: Uint8Array;
  cpg?: Uint8Array;
}

export interface Shapefile {
  features: RawFeature[];
  stated: Stated;
  decoded: Decoded | null;
  notices: Notice[];
}

export function readShapefile(parts: Parts, chosen: Encoding | null): Shapefile {
  if (!parts.shp) throw new Refused({ code: 'shp-missing', have: Object.keys(parts).map((part) => `.${part}`).join(' ') });
  const { shapes, cutOff } = readShapes(parts.shp);
  const cpg = parts.cpg ? decode(parts.cpg, 'utf-8').text : null;
  const attributes = parts.dbf ? readAttributes(parts.dbf, cpg, chosen) : null;
  const rows = attributes?.rows ?? [];
  const deleted = attributes?.deleted ?? new Set<number>();
  const features = shapes.flatMap((shape, i): RawFeature[] => (deleted.has(i) ? [] : [{
    id: null, properties: rows[i] ?? {}, geometry: shape.geometry, z: shape.z, ...(shape.fault && { fault: shape.fault }),
  }]));
  return {
    features, stated: statedBy(parts.prj), decoded: attributes?.decoded ?? null,
    notices: [
      ...(attributes ? [] : [{ code: 'no-dbf' } as const]),
      ...(attributes && rows.length !== shapes.length ? [{ code: 'dbf-short', records: rows.length, shapes: shapes.length } as const] : []),
      ...(deleted.size ? [{ code: 'deleted-records', count: deleted.size } as const] : []),
      ...(attributes?.disagrees ? [{ code: 'encoding-disagrees', stated: attributes.disagrees } as const] : []),
      ...(cutOff ? [{ code: 'cut-off', after: shapes.length } as const] : []),
    ],
  };
}

function statedBy(prj: Uint8Array | undefined): Stated {
  if (!prj) return { kind: 'unknown', why: 'no-prj' };
  const text = decode(prj, null).text;
  const found = fromWkt(text);
  if (isRefusal(found)) throw new Refused({ code: 'reference-refused', name: nameIn(text), because: found });
  return found ? { kind: 'known', reference: found, how: 'prj' } : { kind: 'unknown', why: 'unreadable' };
}

export const nameIn = (wkt: string): string => /"([^"]*)"/.exec(wkt)?.[1] ?? wkt.slice(0, 60);
