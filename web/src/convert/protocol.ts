/** What page and worker say to one another. Every request is answered once, by its number; progress comes in between. */
import type { FileFailure, Reason } from './failure';
import type { Answer, Candidate, Encoding, Layer, Placing, Progress, Question, Township } from './model';

export interface Gazetteer {
  townships: readonly Township[];
  counties: readonly { id: string; name: string }[];
  middle: readonly [number, number];
}

export interface Opened {
  questions: Question[];
  failures: FileFailure[];
}

export interface Converted {
  layers: Layer[];
  failures: FileFailure[];
}

export interface Calls {
  open: { ask: { files: readonly File[]; encodings: Readonly<Record<string, Encoding>>; gazetteer: Gazetteer }; answer: Opened };
  weigh: { ask: { key: string; placing: Placing | null }; answer: Candidate[] };
  number: { ask: { key: string; placing: Placing | null; epsg: number }; answer: Candidate | Reason };
  finish: { ask: { answers: readonly Answer[] }; answer: Converted };
  tile: { ask: { key: string; z: number; x: number; y: number }; answer: ArrayBuffer };
  expansion: { ask: { key: string; cluster: number }; answer: number };
  members: { ask: { key: string; cluster: number; limit: number }; answer: number[] };
}

export type Call = keyof Calls;

export type Request = { [C in Call]: { id: number; call: C; ask: Calls[C]['ask'] } }[Call];

export type Reply =
  | { id: number; answer: unknown }
  | { id: number; failed: Reason }
  | { progress: Progress };
