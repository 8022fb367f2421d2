/** The page's end of a worker: a batch of files from opening to the tiles of what became of it. */
import { Refused, type Reason } from './failure';
import type { Progress } from './model';
import { startWorker } from './start-worker';
import type { Call, Calls, Reply, Request } from './protocol';

export interface Batch {
  call: <C extends Call>(call: C, ask: Calls[C]['ask']) => Promise<Calls[C]['answer']>;
  stop: () => void;
}

interface Waiting {
  resolve: (answer: never) => void;
  reject: (reason: Refused) => void;
}

export function startBatch(onProgress: (progress: Progress) => void): Batch {
  const worker = startWorker();
  const waiting = new Map<number, Waiting>();
  let last = 0;

  const failAll = (reason: Reason): void => {
    for (const { reject } of waiting.values()) reject(new Refused(reason));
    waiting.clear();
  };
  worker.onmessage = ({ data }: MessageEvent<Reply>) => {
    if ('progress' in data) return onProgress(data.progress);
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if ('failed' in data) asked?.reject(new Refused(data.failed));
    else asked?.resolve(data.answer as never);
  };
  // A worker that has run out of memory dies without a word of its own.
  worker.onerror = (event) => {
    event.preventDefault();
    failAll({ code: 'crashed', detail: event.message || 'worker' });
  };
  worker.onmessageerror = () => failAll({ code: 'memory' });

  return {
    call: (call, ask) => new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      worker.postMessage({ id: last, call, ask } as Request);
    }),
    stop: () => {
      worker.terminate();
      waiting.clear();
    },
  };
}
