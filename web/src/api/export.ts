/** Layers taken away: what is asked for, what the server foretells of it, and the file itself. */
import { ApiError, failureOf } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Encoding = Schemas['Encoding'];
export type FormatChoice = Schemas['FormatChoice'];
export type CrsChoice = Schemas['CrsChoice'];
export type ExportChoices = Schemas['Choices'];
export type Loss = Schemas['LossView'];
export type FieldName = Schemas['FieldName'];
export type Preview = Schemas['Preview'];

export interface ExportRequest {
  format: string;
  layers: readonly string[];
  crs: string;
  encoding: Encoding;
  records: boolean;
  bbox?: string;
  within?: string;
  places?: readonly string[];
  area?: GeoJSON.Polygon;
}

/** Servers and gateways refuse longer ones. */
const LONGEST_ADDRESS = 4_000;

/** What fits into an address goes there; lists of places and drawn areas go into a body. */
export function sending(path: string, request: ExportRequest): { path: string; sent?: object } {
  const { layers, places, area, records, encoding, ...plain } = request;
  const spoken = { ...plain, ...(encoding !== 'utf-8' && { encoding }) };
  const address = `${path}?${new URLSearchParams({ ...spoken, layers: layers.join(','), records: String(records) }).toString()}`;
  if (!places && !area && address.length < LONGEST_ADDRESS) return { path: address };
  return { path, sent: { ...spoken, layers, records, ...(places && { places }), ...(area && { area }) } };
}

export interface Downloaded {
  /** As the server calls it. */
  name: string | null;
  parts: BlobPart[];
  bytes: number;
}

/** Fetches the file; `heard` is told how much has come, and of how much, if the server says so. */
export async function download(request: ExportRequest, signal: AbortSignal, heard: (come: number, total: number | null) => void): Promise<Downloaded> {
  const { path, sent } = sending('/api/export', request);
  const what = sent && { method: 'POST', body: JSON.stringify(sent), headers: { 'content-type': 'application/json' } };
  const lost = (error: unknown, title: string): never => {
    if (signal.aborted) throw error;
    throw new ApiError(0, title, null);
  };
  const response = await fetch(path, { signal, ...what }).catch((error: unknown) => lost(error, 'unreachable'));
  if (!response.ok) throw await failureOf(response);
  const name = fileNameOf(response.headers.get('content-disposition'));
  const total = Number(response.headers.get('content-length')) || null;
  const reader = response.body?.getReader();
  const parts: BlobPart[] = [];
  let bytes = 0;
  heard(bytes, total);
  for (;;) {
    const piece = await reader?.read().catch((error: unknown) => lost(error, 'interrupted'));
    if (!piece || piece.done) break;
    parts.push(piece.value);
    bytes += piece.value.byteLength;
    heard(bytes, total);
  }
  if (total !== null && bytes !== total) throw new ApiError(0, 'interrupted', null);
  return { name, parts, bytes };
}

/** RFC 6266: the name in whatever script it is, else the plain one. */
export function fileNameOf(disposition: string | null): string | null {
  const whole = /filename\*\s*=\s*utf-8'[^']*'([^;]+)/i.exec(disposition ?? '')?.[1];
  if (whole) {
    try {
      return decodeURIComponent(whole.trim());
    } catch {
      // A mangled escape: the plain name is still good.
    }
  }
  return /filename\s*=\s*"([^"]+)"/i.exec(disposition ?? '')?.[1] ?? null;
}
