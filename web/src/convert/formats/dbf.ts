/**
 * The attribute table of a Shapefile. Bytes are kept apart from characters until the encoding is known: a
 * `.cpg` says it, else all the text in the table together tells UTF-8 from GB18030.
 */
import { decode, encodingNamed, isUtf8 } from '../encoding';
import type { Decoded, Encoding } from '../model';

export interface Attributes {
  rows: Record<string, unknown>[];
  /** Rows that were marked as deleted and never cleared away; their shapes go with them. */
  deleted: ReadonlySet<number>;
  decoded: Decoded;
  /** The `.cpg` says something that the bytes are not. */
  disagrees: string | null;
}

interface Field {
  name: Uint8Array;
  type: string;
  length: number;
  at: number;
}

const DELETED = 0x2a;
const HEADER = 32;
/** Bytes of text looked at to tell the encoding. */
const ENOUGH = 1_000_000;

export function readAttributes(bytes: Uint8Array, cpg: string | null, chosen: Encoding | null): Attributes | null {
  if (bytes.length < HEADER + 1) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = view.getUint16(8, true);
  const size = view.getUint16(10, true);
  const count = Math.min(view.getUint32(4, true), size > 0 ? Math.floor((bytes.length - start) / size) : 0);
  if (start < HEADER + 1 || size < 1 || start > bytes.length) return null;
  const fields = fieldsOf(bytes, start);
  const records = Array.from({ length: count }, (_, i) => bytes.subarray(start + i * size, start + (i + 1) * size));
  const stated = cpg === null ? null : encodingNamed(cpg);
  const told = encodingOf(fields, records, stated, chosen);
  const decoder = new TextDecoder(told.encoding);
  const names = unique(fields.map((field) => decoder.decode(field.name)));
  return {
    rows: records.map((record) => Object.fromEntries(fields.map((field, i) => [names[i], valueOf(record, field, decoder)]))),
    deleted: new Set(records.flatMap((record, i) => (record[0] === DELETED ? [i] : []))),
    decoded: told,
    disagrees: stated && told.how === 'tried' && told.encoding !== stated ? (cpg?.trim() ?? null) : null,
  };
}

function fieldsOf(bytes: Uint8Array, end: number): Field[] {
  const fields: Field[] = [];
  let offset = 1;
  for (let at = HEADER; at + 32 <= end && bytes[at] !== 0x0d; at += 32) {
    const zero = bytes.subarray(at, at + 11).indexOf(0);
    const length = bytes[at + 16] ?? 0;
    const type = String.fromCharCode(bytes[at + 11] ?? 0);
    fields.push({ name: bytes.subarray(at, at + (zero < 0 ? 11 : zero)), type, length, at: offset });
    offset += length;
  }
  return fields;
}

function encodingOf(fields: readonly Field[], records: readonly Uint8Array[], stated: Encoding | null, chosen: Encoding | null): Decoded {
  if (chosen) return { encoding: chosen, how: 'chosen' };
  if (stated && stated !== 'utf-8') return { encoding: stated, how: 'stated' };
  const utf8 = fields.every((field) => isUtf8(field.name)) && textsOf(fields, records).every(isUtf8Start);
  return { encoding: utf8 ? 'utf-8' : 'gb18030', how: stated && utf8 ? 'stated' : 'tried' };
}

function* textsIn(fields: readonly Field[], records: readonly Uint8Array[]): Generator<Uint8Array> {
  let looked = 0;
  for (const record of records) {
    for (const { type, at, length } of fields) {
      if (type !== 'C') continue;
      yield record.subarray(at, at + length);
      looked += length;
    }
    if (looked > ENOUGH) return;
  }
}

const textsOf = (fields: readonly Field[], records: readonly Uint8Array[]): Uint8Array[] =>
  [...textsIn(fields, records)].filter((text) => text.some((byte) => byte >= 0x80));

/** A field cuts its text off at its width, through the middle of a character if need be. */
function isUtf8Start(text: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(text, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function valueOf(record: Uint8Array, { type, at, length }: Field, decoder: TextDecoder): unknown {
  const raw = record.subarray(at, at + length);
  switch (type) {
    case 'I':
      return raw.length === 4 ? new DataView(raw.buffer, raw.byteOffset).getInt32(0, true) : null;
    case 'O':
    case 'B':
      return raw.length === 8 ? new DataView(raw.buffer, raw.byteOffset).getFloat64(0, true) : null;
    case 'C':
      return decoder.decode(raw).replace(/\u0000/g, '').trim() || null;
    default:
      return simple(type, decode(raw, 'utf-8').text.trim());
  }
}

function simple(type: string, text: string): unknown {
  if (text === '' || /^\*+$/.test(text)) return null;
  if (type === 'N' || type === 'F') return Number.isFinite(Number(text)) ? Number(text) : null;
  if (type === 'L') return /^[ty]$/i.test(text) ? true : /^[fn]$/i.test(text) ? false : null;
  if (type === 'D') return /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : null;
  // A memo points into a .dbt file that is not read.
  return type === 'M' ? null : text;
}

/** Two columns of one name would hide one another. */
export function unique(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return times === 0 ? name : `${name}_${times + 1}`;
  });
}
