/** The one export under way. */
import { download, type ExportRequest } from '../../api/export';
import type { Store } from '../../state/store';
import { createDownloader } from '../downloading';

const { start, cancel } = createDownloader();

export const startDownload = ({ exporting }: Store, request: ExportRequest, name: string): Promise<void> =>
  start(exporting.download, { name, type: 'application/zip', fetch: (signal, heard) => download(request, signal, heard) });

export const cancelDownload = cancel;
