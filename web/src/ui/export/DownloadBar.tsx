/** Downloads the file: how far it has come, how to stop it, and what became of it. */
import type { ExportRequest, Preview } from '../../api/export';
import { isUnderWay } from '../../state/download';
import { lossGroups } from '../../state/export-report';
import type { PartKind } from '../../state/export-request';
import { useAtlas, useText } from '../context';
import { DownloadButton, DownloadState } from '../download-parts';
import { exportText } from '../text/export';
import { cancelDownload, startDownload } from './downloading';
import { refusalOf } from './refusal';

export function DownloadBar({ foreseen, request, preview, part }: { foreseen: string; request: ExportRequest | null; preview: Preview | null; part: PartKind }) {
  const { store } = useAtlas();
  const words = useText(exportText);
  const state = store.exporting.download.value;
  const start = request && preview && ((): void => void startDownload(store, request, preview.name));
  return (
    <div class="export-bar">
      {preview && !isUnderWay(state) && (
        <button type="button" class="button quiet export-jump" onClick={() => document.getElementById(foreseen)?.focus()}>
          {words.summary(preview.features, lossGroups(preview.losses).length)}
        </button>
      )}
      <DownloadState state={state} refuse={(error) => refusalOf(error, part, words)} />
      <DownloadButton state={state} start={start} cancel={cancelDownload} />
    </div>
  );
}
