/** In place of `api/transport`: an engine in a worker answers, out of scripts that lie beside the page. */
import { packed } from './packed';
import { address as workerAddress } from 'virtual:worker/engine';
import type { Answered, Asked } from './engine-worker';

interface Waiting {
  resolve: (answer: Answered) => void;
  reject: (reason: Error) => void;
}

const waiting = new Map<number, Waiting>();
let last = 0;

const started = (async (): Promise<Worker> => {
  const [engine, atlas] = await Promise.all([packed('engine'), packed('atlas')]);
  const worker = new Worker(workerAddress);
  worker.onmessage = ({ data }: MessageEvent<Answered>) => {
    waiting.get(data.id)?.resolve(data);
    waiting.delete(data.id);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    for (const { reject } of waiting.values()) reject(new Error(event.message));
    waiting.clear();
  };
  worker.postMessage({ engine, atlas }, [engine, atlas]);
  return worker;
})();

/** Asks the engine: an address as the server has it, a text as body. */
export async function ask(address: string, body?: string): Promise<Answered> {
  const worker = await started;
  return new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    worker.postMessage({ id: last, address, ...(body !== undefined && { body }) } satisfies Asked);
  });
}

export async function send(address: string, what?: RequestInit): Promise<Response> {
  if (what?.signal?.aborted) throw new DOMException('aborted', 'AbortError');
  const { status, kind, body } = await ask(address, typeof what?.body === 'string' ? what.body : undefined);
  // Whoever asked may have lost interest meanwhile.
  if (what?.signal?.aborted) throw new DOMException('aborted', 'AbortError');
  return new Response(body, { status, headers: { 'content-type': kind } });
}

export const origin = (): string => 'atlas://';

export const hasServer: boolean = false;

/** As `src/bundle/reports.rs` names them. */
export const bundledReport = (kind: 'site' | 'place', place: string, lang: 'zh' | 'en'): string | null =>
  globalThis.planAtlas.about?.reports ? `reports/${kind}-${encodeURIComponent(place.replaceAll(':', '_'))}.${lang}.pdf` : null;
