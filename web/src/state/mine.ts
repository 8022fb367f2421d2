/**
 * Layers that the reader has brought along, and the conversion that is under way. All of it lives in this
 * page alone: nothing is sent anywhere unless the reader asks about it, and nothing outlives the page.
 */
import { computed, signal } from '@preact/signals';
import type { Bounds, LonLat } from '../api/types';
import type { FileFailure } from '../convert/failure';
import type { Answer, Encoding, Layer, Progress, Question } from '../convert/model';
import type { MapPlace } from './store';

export interface OwnLayer {
  id: string;
  name: string;
  /** Address of its GeoJSON inside the browser (`blob:`). */
  data: string;
  geometry: 'point' | 'line' | 'polygon' | 'mixed';
  count: number;
  bounds: Bounds;
  color: string;
  visible: boolean;
  /** Whatever it was made into: its features in a blob, its columns, its report. */
  made: Layer;
  /** What it was made from, so that encoding or reference can be changed. */
  source: Source;
  /** Counts how often it has been made anew: the map forgets older tiles. */
  revision: number;
  tile: (z: number, x: number, y: number) => Promise<ArrayBuffer>;
  /** The zoom at which a cluster falls apart, and the features in it. */
  expansion: (cluster: number) => Promise<number>;
  members: (cluster: number, limit: number) => Promise<number[]>;
  /** Frees what it holds. */
  retire: () => void;
}

export interface Source {
  files: readonly File[];
  encodings: Readonly<Record<string, Encoding>>;
  answer: Answer;
}

/** One feature of an own layer. */
export interface OwnFeature {
  layer: string;
  feature: number;
}

export interface Chosen extends OwnFeature {
  /** Own features at the same spot, this one among them. */
  here: readonly OwnFeature[];
  /** What the atlas has there. */
  places: readonly MapPlace[];
}

export type Bringing =
  | { kind: 'resting' }
  | { kind: 'working'; files: readonly string[]; progress: Progress | null }
  /** Questions are asked one after the other; `at` is the present one. `again` is what was said the last time. */
  | { kind: 'asking'; questions: readonly Question[]; at: number; again: Answer | null };

/** Told apart by any colour vision, on light paper and on dark; none of them is a colour of the atlas. */
export const OWN_COLORS = [
  { id: 'blue', hex: '#0072b2' }, { id: 'vermilion', hex: '#d55e00' }, { id: 'green', hex: '#008f6b' },
  { id: 'purple', hex: '#b8489c' }, { id: 'ochre', hex: '#a88400' }, { id: 'violet', hex: '#6a5bd0' },
] as const;

export function createMine() {
  const layers = signal<readonly OwnLayer[]>([]);
  return {
    layers,
    byId: computed(() => new Map(layers.value.map((layer) => [layer.id, layer]))),
    chosen: signal<Chosen | null>(null),
    /** Where the chosen feature stands, if it is a point: within a cluster it would not be seen. */
    spots: signal<readonly LonLat[]>([]),
    bringing: signal<Bringing>({ kind: 'resting' }),
    failures: signal<readonly FileFailure[]>([]),
  };
}

export type Mine = ReturnType<typeof createMine>;

/** The first colour that no other own layer has. */
export function nextColor(layers: readonly OwnLayer[]): string {
  const free = OWN_COLORS.find(({ hex }) => !layers.some(({ color }) => color === hex));
  return (free ?? OWN_COLORS[layers.length % OWN_COLORS.length] ?? OWN_COLORS[0]).hex;
}

/** A name that no other own layer has. */
export function freeName(wanted: string, layers: readonly OwnLayer[]): string {
  const taken = new Set(layers.map(({ name }) => name));
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted} (${n})`;
    if (!taken.has(name)) return name;
  }
}

export const withLayer = (layers: readonly OwnLayer[], id: string, change: Partial<OwnLayer>): readonly OwnLayer[] =>
  layers.map((layer) => (layer.id === id ? { ...layer, ...change } : layer));
