/**
 * A draft and the answers to what it left open become a layer: degrees, checked feature by feature, written
 * as one GeoJSON document in a blob. The page never holds the features themselves; it reads the few it
 * shows out of the blob by their offsets.
 */
import { Refused } from './failure';
import { Findings } from './findings';
import { CLUSTER_FROM, NAMED_FEATURES } from './limits';
import { flatten, Lost, mend, type Plain } from './mend';
import type { Answer, Draft, Fault, Layer, Progress, RawFeature } from './model';
import { namingOf } from './naming';
import { toLonLat, type ToLonLat } from './project';
import type { Reference } from './reference';
import { placeRows } from './table';
import type { Matcher } from './townships';
import { Writer } from './writer';

/** What the map needs of a feature. */
export interface Drawn {
  type: 'Feature';
  geometry: Plain;
  properties: { i: number; n?: string };
}

export interface Finished {
  layer: Layer;
  drawn: Drawn[];
}

const EVERY = 2000;
const KEPT: readonly Fault[] = ['crossing', 'duplicate-id', 'township-by-stem'];
const NO_MOVE: ToLonLat = (x, y) => [x, y];

export function finish(draft: Draft, answer: Answer | null, match: Matcher, tell: (progress: Progress) => void): Finished {
  const { features, reference, seats } = settle(draft, answer, match);
  const findings = new Findings();
  const writer = new Writer();
  const drawn: Drawn[] = [];
  const crossing: number[] = [];
  const ids = new Set<string>();
  const naming = namingOf(features);
  const move = reference ? toLonLat(reference) : NO_MOVE;

  features.forEach((feature, i) => {
    if (i % EVERY === 0) tell({ stage: 'converting', file: draft.file, done: i, total: features.length });
    const name = naming === null ? null : asName(feature.properties[naming]);
    const say = (fault: Fault, lost = false, detail: string | null = null): void =>
      findings.add(i + 1, name, fault, lost ? 'left-out' : KEPT.includes(fault) ? 'kept' : 'mended', detail);
    if (!feature.geometry) return say(feature.fault ?? 'empty', true, feature.detail);
    const parts = flatten(feature.geometry);
    let mended;
    try {
      if (parts.length === 0) throw new Lost('empty');
      mended = parts.map((part) => mend(part, move));
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      return say(error.fault, true);
    }
    if (feature.fault) say(feature.fault, false, feature.detail);
    if (parts.length > 1) say('collection-split');
    const faults = new Set([...mended.flatMap((one) => one.faults), ...(feature.z ? (['z-dropped'] as const) : [])]);
    faults.forEach((fault) => say(fault));
    const id = feature.id === null ? null : String(feature.id);
    const again = id !== null && ids.has(id);
    if (again) say('duplicate-id', false, id);
    if (id !== null) ids.add(id);
    for (const { geometry, faults: own } of mended) {
      if (own.includes('crossing')) crossing.push(drawn.length);
      writer.write({ type: 'Feature', ...(id !== null && !again && { id: feature.id }), geometry, properties: feature.properties });
      drawn.push({ type: 'Feature', geometry, properties: { i: drawn.length, ...(name && { n: name }) } });
    }
  });

  if (drawn.length === 0) throw new Refused({ code: 'nothing-left', total: features.length, fault: findings.worst });
  if (drawn.length > NAMED_FEATURES) for (const { properties } of drawn) delete properties.n;
  const geometry = familyOf(drawn);
  const { data, offsets } = writer.finish();
  return {
    drawn,
    layer: {
      key: draft.key, file: draft.file, name: draft.name, format: draft.format, decoded: draft.decoded, reference,
      placing: answer?.placing ?? null, geometry, count: drawn.length, bounds: boundsOf(drawn), columns: columnsOf(features), naming,
      data, offsets, crossing, named: naming !== null && drawn.length <= NAMED_FEATURES, clustered: geometry === 'point' && (drawn.length > CLUSTER_FROM || seats),
      report: {
        total: features.length, drawn: drawn.length, findings: findings.all(),
        notices: [...draft.notices, ...(seats ? [{ code: 'seats', count: drawn.length } as const] : [])],
      },
    },
  };
}

/** Puts rows in their places; tells which reference counts. */
function settle({ content }: Draft, answer: Answer | null, match: Matcher): { features: RawFeature[]; reference: Reference | null; seats: boolean } {
  if (content.kind === 'features') {
    const stated = content.stated.kind === 'known' ? content.stated.reference : null;
    return { features: content.features, reference: told(answer?.reference ?? stated), seats: false };
  }
  const placing = told(answer?.placing ?? null);
  const seats = placing.kind === 'township';
  return { features: placeRows(content.table, placing, match), reference: seats ? null : told(answer?.reference ?? null), seats };
}

/** What neither the file nor the person has told is never made up here. */
function told<T>(value: T | null): T {
  if (value === null) throw new Error('asked for, and not answered');
  return value;
}

const asName = (value: unknown): string | null => {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return text ? text.slice(0, 80) : null;
};

function familyOf(drawn: readonly Drawn[]): Layer['geometry'] {
  const families = new Set(drawn.map(({ geometry: { type } }) => (type.endsWith('Point') ? 'point' : type.endsWith('String') ? 'line' : 'polygon') as Layer['geometry']));
  const [only = 'mixed'] = families;
  return families.size === 1 ? only : 'mixed';
}

function columnsOf(features: readonly RawFeature[]): string[] {
  const columns = new Set<string>();
  for (const { properties } of features) for (const column in properties) columns.add(column);
  return [...columns];
}

function boundsOf(drawn: readonly Drawn[]): Layer['bounds'] {
  const bounds: Layer['bounds'] = [Infinity, Infinity, -Infinity, -Infinity];
  const look = (coordinates: unknown): void => {
    if (!Array.isArray(coordinates)) return;
    const [x, y] = coordinates as unknown[];
    if (typeof x !== 'number' || typeof y !== 'number') return coordinates.forEach(look);
    bounds[0] = Math.min(bounds[0], x);
    bounds[1] = Math.min(bounds[1], y);
    bounds[2] = Math.max(bounds[2], x);
    bounds[3] = Math.max(bounds[3], y);
  };
  for (const { geometry } of drawn) look(geometry.coordinates);
  return bounds;
}
