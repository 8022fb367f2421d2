/**
 * Conversion off the page's own thread. One worker per batch of files: it reads them, waits for what has to
 * be asked, converts, and from then on cuts the tiles of what it has converted. Whoever has enough of
 * it ends it; nothing else is to be cleaned up.
 */
import { medianOf, placed } from './candidates';
import { reasonOf, type FileFailure } from './failure';
import { finish } from './finish';
import type { Draft, Layer, Progress } from './model';
import type { Call, Calls, Gazetteer, Reply, Request } from './protocol';
import { candidatesOf, questionOf, read, sampleBy } from './read';
import { fromEpsg, isRefusal } from './reference';
import { cut, type Tiles } from './tiles';
import { matcher, type Matcher } from './townships';

const drafts = new Map<string, Draft>();
const tiles = new Map<string, Tiles>();
let match: Matcher = matcher([], []);
let gazetteer: Gazetteer = { townships: [], counties: [], middle: [108, 31] };

const EVERY_MS = 80;
let told = 0;
function tell(progress: Progress): void {
  const now = performance.now();
  if (now - told < EVERY_MS) return;
  told = now;
  send({ progress });
}

function send(reply: Reply, transfer: Transferable[] = []): void {
  self.postMessage(reply, { transfer });
}

const of = <T>(from: Map<string, T>, key: string): T => {
  const found = from.get(key);
  if (!found) throw new Error(`no layer ${key}`);
  return found;
};

const calls: { [C in Call]: (ask: Calls[C]['ask']) => Calls[C]['answer'] | Promise<Calls[C]['answer']> } = {
  open: async (ask) => {
    gazetteer = ask.gazetteer;
    match = matcher(gazetteer.townships, gazetteer.counties);
    const found = await read(ask.files, { encodings: ask.encodings, match, tell });
    drafts.clear();
    for (const draft of found.drafts) drafts.set(draft.key, draft);
    return { questions: found.drafts.map((draft) => questionOf(draft, gazetteer.middle, match)), failures: found.failures };
  },
  weigh: ({ key, placing }) => candidatesOf(of(drafts, key), placing, gazetteer.middle, match),
  number: ({ key, placing, epsg }) => {
    const reference = fromEpsg(epsg);
    if (isRefusal(reference)) return { code: 'reference-refused', name: `EPSG:${epsg}`, because: reference };
    return { reference, middle: placed(reference, medianOf(sampleBy(of(drafts, key), placing, match))) };
  },
  finish: ({ answers }) => {
    const layers: Layer[] = [];
    const failures: FileFailure[] = [];
    for (const answer of answers) {
      const draft = of(drafts, answer.key);
      try {
        const { layer, drawn } = finish(draft, answer, match, tell);
        tell({ stage: 'indexing', file: draft.file, done: 0, total: null });
        tiles.set(draft.key, cut(drawn, layer.clustered));
        layers.push(layer);
      } catch (error) {
        failures.push({ file: draft.name === draft.file ? draft.file : `${draft.file} / ${draft.name}`, reason: reasonOf(error) });
      }
    }
    drafts.clear();
    return { layers, failures };
  },
  tile: ({ key, z, x, y }) => of(tiles, key).tile(z, x, y),
  expansion: ({ key, cluster }) => of(tiles, key).expansion(cluster),
  members: ({ key, cluster, limit }) => of(tiles, key).members(cluster, limit),
};

self.onmessage = ({ data }: MessageEvent<Request>): void => void answer(data);

async function answer(request: Request): Promise<void> {
  const { id, call, ask } = request;
  try {
    const answered: unknown = await (calls[call] as (asked: unknown) => unknown)(ask);
    send({ id, answer: answered }, answered instanceof ArrayBuffer ? [answered] : []);
  } catch (error) {
    send({ id, failed: reasonOf(error) });
  }
}
