/**
 * Questions put to the map, as plain values. A `Draft` is what the form holds, a `Question` is complete
 * enough to be asked; what is drawn on the map or chosen by name completes it.
 */
import type { LonLat } from '../api/types';
import type { Drawing } from './board';
import type { Shape, Tool } from './shapes';

/** A layer, or some classes of its legend. */
export interface Part {
  layer: string;
  /** None means all. */
  classes: readonly string[];
}

export type Than = 'farther' | 'nearer';

export type Draft =
  | { kind: 'area' }
  | { kind: 'township'; place: string | null }
  /** `along` is the id of a drawn road, river or belt; without it the line on the map counts. */
  | { kind: 'corridor'; along: string | null; metres: number }
  /** `from` is the id of a place; without it the point on the map counts. */
  | { kind: 'around'; from: string | null; metres: number }
  | { kind: 'nearest'; from: string | null; what: Part | null }
  | { kind: 'pairs'; a: Part | null; b: Part | null; than: Than; metres: number }
  | { kind: 'measure' };

export type QuestionKind = Draft['kind'];
export const QUESTIONS: readonly QuestionKind[] = ['area', 'township', 'corridor', 'around', 'nearest', 'pairs', 'measure'];

type AreaShape = Extract<Shape, { tool: 'polygon' | 'rectangle' | 'circle' }>;
export type Origin = { place: string } | { point: LonLat };

export type Question =
  | { kind: 'area'; shape: AreaShape }
  | { kind: 'township'; place: string }
  | { kind: 'corridor'; along: { place: string } | { line: readonly LonLat[] }; metres: number }
  | { kind: 'around'; from: Origin; metres: number }
  | { kind: 'nearest'; from: Origin; what: Part | null }
  | { kind: 'pairs'; a: Part; b: Part; than: Than; metres: number }
  | { kind: 'measure'; shape: Exclude<Shape, { tool: 'point' }> };

/** What of the drawings a question can be about. */
export const TOOLS_OF: Record<QuestionKind, readonly Tool[]> = {
  area: ['polygon', 'rectangle', 'circle'],
  township: [],
  corridor: ['line'],
  around: ['point'],
  nearest: ['point'],
  pairs: [],
  measure: ['line', 'polygon', 'rectangle', 'circle'],
};

/** How far a question may reach. */
const FARTHEST = 100_000;

const FRESH: { [K in QuestionKind]: Extract<Draft, { kind: K }> } = {
  area: { kind: 'area' },
  township: { kind: 'township', place: null },
  corridor: { kind: 'corridor', along: null, metres: 1_000 },
  around: { kind: 'around', from: null, metres: 5_000 },
  nearest: { kind: 'nearest', from: null, what: null },
  pairs: { kind: 'pairs', a: null, b: null, than: 'farther', metres: 15_000 },
  measure: { kind: 'measure' },
};

export const freshDraft = (kind: QuestionKind): Draft => FRESH[kind];

/** The drawing that a question is about: the chosen one, else the latest that fits. */
export function subjectOf(kind: QuestionKind, drawings: readonly Drawing[], chosen: string | null): Drawing | null {
  const fitting = drawings.filter(({ shape }) => TOOLS_OF[kind].includes(shape.tool));
  return fitting.find(({ id }) => id === chosen) ?? fitting.at(-1) ?? null;
}

/** `null` while something is missing. */
export function questionOf(draft: Draft, shape: Shape | null): Question | null {
  const { kind } = draft;
  switch (kind) {
    case 'area':
      return shape && isArea(shape) ? { kind, shape } : null;
    case 'measure':
      return shape && shape.tool !== 'point' ? { kind, shape } : null;
    case 'township':
      return draft.place ? { kind, place: draft.place } : null;
    case 'corridor': {
      const along = draft.along ? { place: draft.along } : shape?.tool === 'line' ? { line: shape.points } : null;
      return along && isDistance(draft.metres) ? { kind, along, metres: draft.metres } : null;
    }
    case 'around': {
      const from = originOf(draft.from, shape);
      return from && isDistance(draft.metres) ? { kind, from, metres: draft.metres } : null;
    }
    case 'nearest': {
      const from = originOf(draft.from, shape);
      return from && { kind, from, what: draft.what };
    }
    case 'pairs': {
      const { a, b, than, metres } = draft;
      return a && b && isDistance(metres) ? { kind, a, b, than, metres } : null;
    }
  }
}

const isArea = (shape: Shape): shape is AreaShape => shape.tool !== 'point' && shape.tool !== 'line';

const originOf = (place: string | null, shape: Shape | null): Origin | null =>
  place ? { place } : shape?.tool === 'point' ? { point: shape.point } : null;

export const isDistance = (metres: number): boolean => metres > 0 && metres <= FARTHEST;
