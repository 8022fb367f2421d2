/** The drawings on the map with the steps that led to them: every step can be taken back and made again. */
import type { Shape } from './shapes';

export interface Drawing {
  id: string;
  shape: Shape;
}

export type Drawings = readonly Drawing[];

export interface Board {
  now: Drawings;
  /** Former states, the latest last. */
  past: readonly Drawings[];
  /** States that were taken back, the next one last. */
  future: readonly Drawings[];
}

export const EMPTY_BOARD: Board = { now: [], past: [], future: [] };

const STEPS = 100;

function step(board: Board, now: Drawings): Board {
  return { now, past: [...board.past, board.now].slice(-STEPS), future: [] };
}

export const add = (board: Board, drawing: Drawing): Board => step(board, [...board.now, drawing]);

export const reshape = (board: Board, id: string, shape: Shape): Board =>
  step(board, board.now.map((drawing) => (drawing.id === id ? { id, shape } : drawing)));

/** Taking away what is not there is no step. */
export function remove(board: Board, ids: readonly string[]): Board {
  const left = board.now.filter(({ id }) => !ids.includes(id));
  return left.length === board.now.length ? board : step(board, left);
}

export function undo({ now, past, future }: Board): Board {
  const before = past.at(-1);
  return before ? { now: before, past: past.slice(0, -1), future: [...future, now] } : { now, past, future };
}

export function redo({ now, past, future }: Board): Board {
  const next = future.at(-1);
  return next ? { now: next, past: [...past, now], future: future.slice(0, -1) } : { now, past, future };
}
