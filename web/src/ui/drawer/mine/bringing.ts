/**
 * Bringing files in, from the drop to the layer: starts the worker, puts its questions one after the other,
 * and hands what comes out to the store. Whatever fails or is given up leaves everything as it was.
 */
import { batch as together } from '@preact/signals';
import { api, type Atlas, type Bounds } from '../../../api/client';
import { startBatch, type Batch } from '../../../convert/batch';
import { reasonOf, type FileFailure, type Reason } from '../../../convert/failure';
import type { Answer, Candidate, Encoding, Layer, Placing, Question } from '../../../convert/model';
import type { Gazetteer } from '../../../convert/protocol';
import { freeName, nextColor, withLayer, type OwnLayer, type Source } from '../../../state/mine';
import type { Store } from '../../../state/store';

interface Task {
  batch: Batch;
  files: readonly File[];
  encodings: Source['encodings'];
  answers: Answer[];
  /** The layer that is made anew. */
  again: OwnLayer | null;
}

/** What is under way; there is one at a time. */
let task: Task | null = null;
let named = 0;

/** Everything is known, and nothing is missing that must be said beforehand. */
const isClear = ({ stated, table, notices }: Question): boolean =>
  table === null && stated?.kind === 'known' && !notices.some(({ code }) => code === 'no-dbf');

const nameOf = (files: readonly File[]): string => files.map(({ name }) => name).join('、');

export function bring(store: Store, atlas: Atlas, files: readonly File[]): void {
  if (files.length === 0) return;
  if (task) store.mine.failures.value = [{ file: nameOf(files), reason: { code: 'busy' } }];
  else void open(store, atlas, { files, encodings: {}, again: null });
}

/** Reads the files of a layer once more, to change what was told of them. */
export function remake(store: Store, atlas: Atlas, again: OwnLayer): void {
  if (!task) void open(store, atlas, { files: again.source.files, encodings: again.source.encodings, again });
}

/** The same files in another encoding, while their questions are open. */
export function reread(store: Store, atlas: Atlas, file: string, encoding: Encoding): void {
  if (!task) return;
  const { files, encodings, again } = task;
  giveUp(store);
  void open(store, atlas, { files, encodings: { ...encodings, [file]: encoding }, again });
}

export function giveUp(store: Store): void {
  task?.batch.stop();
  task = null;
  store.mine.bringing.value = { kind: 'resting' };
}

async function open(store: Store, atlas: Atlas, { files, encodings, again }: Pick<Task, 'files' | 'encodings' | 'again'>): Promise<void> {
  const { mine } = store;
  const batch = startBatch((progress) => {
    const now = mine.bringing.peek();
    if (task?.batch === batch && now.kind === 'working') mine.bringing.value = { ...now, progress };
  });
  const mineNow: Task = { batch, files, encodings, answers: [], again };
  task = mineNow;
  together(() => {
    mine.failures.value = [];
    mine.bringing.value = { kind: 'working', files: files.map(({ name }) => name), progress: null };
  });
  try {
    const gazetteer = await gazetteerOf(atlas);
    const opened = await batch.call('open', { files, encodings, gazetteer });
    if (task !== mineNow) return;
    mine.failures.value = opened.failures;
    const questions = again ? opened.questions.filter(({ key }) => key === again.source.answer.key) : opened.questions;
    const open = questions.filter((question) => again !== null || !isClear(question));
    mineNow.answers = questions.filter((question) => !open.includes(question)).map(({ key }) => ({ key, reference: null, placing: null }));
    if (open.length) mine.bringing.value = { kind: 'asking', questions: open, at: 0, again: again?.source.answer ?? null };
    else await convert(store, mineNow);
  } catch (error) {
    fail(store, mineNow, reasonOf(error));
  }
}

/** `null` passes the layer over. With `forAll` what was said of the reference counts for all that are still open. */
export function answer(store: Store, given: Answer | null, forAll = false): void {
  const { mine } = store;
  const asking = mine.bringing.peek();
  if (!task || asking.kind !== 'asking') return;
  const rest = forAll && given ? asking.questions.slice(asking.at + 1) : [];
  if (given) task.answers.push(given, ...rest.map(({ key }) => ({ ...given, key })));
  const at = asking.at + 1 + rest.length;
  if (at < asking.questions.length) mine.bringing.value = { ...asking, at };
  else if (task.answers.length === 0) giveUp(store);
  else void convert(store, task);
}

async function convert(store: Store, present: Task): Promise<void> {
  const { mine } = store;
  const { batch, files, encodings, answers, again } = present;
  mine.bringing.value = { kind: 'working', files: files.map(({ name }) => name), progress: null };
  try {
    const { layers, failures } = await batch.call('finish', { answers });
    if (task !== present) return;
    task = null;
    const retire = keeper(batch, layers.length);
    const made = layers.map((layer) => ownLayer(batch, layer, retire, {
      files, encodings, answer: answers.find(({ key }) => key === layer.key) ?? { key: layer.key, reference: null, placing: null },
    }));
    together(() => {
      for (const layer of made) put(store, layer, again);
      mine.failures.value = [...mine.failures.peek(), ...failures];
      mine.bringing.value = { kind: 'resting' };
      reveal(store, made);
    });
  } catch (error) {
    fail(store, present, reasonOf(error));
  }
}

function fail(store: Store, failed: Task, reason: Reason): void {
  if (task !== failed) return;
  const before = store.mine.failures.peek();
  giveUp(store);
  const failure: FileFailure = { file: nameOf(failed.files), reason };
  store.mine.failures.value = [...before, failure];
}

/** A worker that cuts tiles for no layer any more is ended. */
function keeper(batch: Batch, layers: number): () => void {
  let left = layers;
  if (left === 0) batch.stop();
  return () => {
    left -= 1;
    if (left === 0) batch.stop();
  };
}

function ownLayer(batch: Batch, made: Layer, retire: () => void, source: Source): OwnLayer {
  const { key, geometry, count, bounds, name } = made;
  const data = URL.createObjectURL(made.data);
  return {
    id: String(++named), name, data, geometry, count, bounds, color: '', visible: true, made, source, revision: 1,
    tile: (z, x, y) => batch.call('tile', { key, z, x, y }),
    expansion: (cluster) => batch.call('expansion', { key, cluster }),
    members: (cluster, limit) => batch.call('members', { key, cluster, limit }),
    retire: () => {
      URL.revokeObjectURL(data);
      retire();
    },
  };
}

/** A layer made anew keeps its place, name and colour. */
function put({ mine }: Store, layer: OwnLayer, again: OwnLayer | null): void {
  const before = mine.layers.peek();
  const old = again && before.find(({ id }) => id === again.id);
  if (!old) {
    mine.layers.value = [...before, { ...layer, name: freeName(layer.name, before), color: nextColor(before) }];
    return;
  }
  const { id, name, color, visible, revision } = old;
  if (mine.chosen.peek()?.layer === id) mine.chosen.value = null;
  mine.layers.value = withLayer(before, id, { ...layer, id, name, color, visible, revision: revision + 1 });
  old.retire();
}

export function remove({ mine }: Store, id: string): void {
  const layer = mine.byId.peek().get(id);
  if (!layer) return;
  together(() => {
    if (mine.chosen.peek()?.layer === id) mine.chosen.value = null;
    mine.layers.value = mine.layers.peek().filter((other) => other !== layer);
  });
  layer.retire();
}

function reveal(store: Store, layers: readonly OwnLayer[]): void {
  const [first, ...others] = layers;
  if (!first) return;
  const union = others.reduce<Bounds>(([w, s, e, n], { bounds }) => [Math.min(w, bounds[0]), Math.min(s, bounds[1]), Math.max(e, bounds[2]), Math.max(n, bounds[3])], first.bounds);
  store.command.value = { type: 'reveal', points: [[union[0], union[1]], [union[2], union[3]]] };
}

/** What the chosen columns would mean; `null` once nobody waits for it any more. */
export const weigh = async (key: string, placing: Placing | null): Promise<Candidate[]> => (task ? task.batch.call('weigh', { key, placing }) : []);

export const byNumber = async (key: string, placing: Placing | null, epsg: number): Promise<Candidate | Reason | null> =>
  (task ? task.batch.call('number', { key, placing, epsg }) : null);

async function gazetteerOf(atlas: Atlas): Promise<Gazetteer> {
  const places = await api.whole('places');
  const [west, south, east, north] = atlas.bounds;
  return {
    townships: places.filter(({ kind }) => kind.id === 'township')
      .map(({ id, name, name_en, county, point }) => ({ id, name, name_en, county, point: point as [number, number] | null })),
    counties: places.filter(({ kind }) => kind.id === 'county').map(({ id, name }) => ({ id, name })),
    middle: [(west + east) / 2, (south + north) / 2],
  };
}
