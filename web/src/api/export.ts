/** Layers taken away: what is asked for, what the server foretells of it, and the file itself. */
import { fetchFile, type Downloaded, type Heard } from './file';
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

/** Fetches the file; `heard` is told how much has come, and of how much, if the server says so. */
export function download(request: ExportRequest, signal: AbortSignal, heard: Heard): Promise<Downloaded> {
  const { path, sent } = sending('/api/export', request);
  return fetchFile(path, signal, heard, sent && { method: 'POST', body: JSON.stringify(sent), headers: { 'content-type': 'application/json' } });
}
