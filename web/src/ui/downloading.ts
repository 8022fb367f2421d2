/** One download at a time, told to a signal. It goes on when its dialog is closed, and is there when it is opened again. */
import type { Signal } from '@preact/signals';
import type { Downloaded, Heard } from '../api/file';
import type { Download } from '../state/download';
import { asApiError } from './load';
import { saveFile } from './save-file';

export interface Wanted {
  /** Counts where the server gives no name. */
  name: string;
  type: string;
  fetch: (signal: AbortSignal, heard: Heard) => Promise<Downloaded>;
}

export interface Downloader {
  start: (told: Signal<Download>, wanted: Wanted) => Promise<void>;
  cancel: () => void;
}

export function createDownloader(): Downloader {
  let abort: AbortController | null = null;
  return {
    async start(told, { name, type, fetch }) {
      const mine = new AbortController();
      abort?.abort();
      abort = mine;
      const say = (state: Download): void => {
        if (abort === mine) told.value = state;
      };
      say({ status: 'preparing', name });
      try {
        const file = await fetch(mine.signal, (come, total) => say({ status: 'coming', name, come, total }));
        saveFile(file.name ?? name, file.parts, type);
        say({ status: 'done', name: file.name ?? name, bytes: file.bytes });
      } catch (error) {
        say(mine.signal.aborted ? { status: 'cancelled', name } : { status: 'failed', name, error: asApiError(error) });
      }
    },
    cancel: () => abort?.abort(),
  };
}
