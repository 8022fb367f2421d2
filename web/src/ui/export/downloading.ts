/** The one download under way. It goes on when the dialog is closed, and is there when it is opened again. */
import { download, type ExportRequest } from '../../api/export';
import type { Download } from '../../state/exporting';
import type { Store } from '../../state/store';
import { asApiError } from '../load';
import { saveFile } from '../save-file';

let abort: AbortController | null = null;

export async function startDownload(store: Store, request: ExportRequest, name: string): Promise<void> {
  const mine = new AbortController();
  abort?.abort();
  abort = mine;
  const say = (state: Download): void => {
    if (abort === mine) store.exporting.download.value = state;
  };
  say({ status: 'preparing', name });
  try {
    const file = await download(request, mine.signal, (come, total) => say({ status: 'coming', name, come, total }));
    saveFile(file.name ?? name, file.parts, 'application/zip');
    say({ status: 'done', name: file.name ?? name, bytes: file.bytes });
  } catch (error) {
    say(mine.signal.aborted ? { status: 'cancelled', name } : { status: 'failed', name, error: asApiError(error) });
  }
}

export const cancelDownload = (): void => abort?.abort();
