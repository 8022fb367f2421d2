/** Downloads the file: how far it has come, how to stop it, and what became of it. */
import { useEffect, useRef } from 'preact/hooks';
import type { ExportRequest, Preview } from '../../api/export';
import { isUnderWay, type Download } from '../../state/exporting';
import { formatBytes, lossGroups, percentOf } from '../../state/export-report';
import type { PartKind } from '../../state/export-request';
import { useAtlas, useText } from '../context';
import { exportText } from '../text/export';
import { cancelDownload, startDownload } from './downloading';
import { refusalOf } from './refusal';

export function DownloadBar({ foreseen, request, preview, part }: { foreseen: string; request: ExportRequest | null; preview: Preview | null; part: PartKind }) {
  const { store } = useAtlas();
  const words = useText(exportText);
  const state = store.exporting.download.value;
  const busy = isUnderWay(state);
  const button = useRef<HTMLButtonElement>(null);
  const pressed = useRef(false);
  const wasBusy = useRef(busy);
  // The pressed button goes; the one in its place takes the focus over.
  useEffect(() => {
    if (wasBusy.current !== busy && pressed.current) button.current?.focus();
    wasBusy.current = busy;
  }, [busy]);
  const ready = request !== null && preview !== null;
  const press = (): void => {
    pressed.current = true;
    if (busy) cancelDownload();
    else if (request && preview) void startDownload(store, request, preview.name);
  };
  return (
    <div class="export-bar">
      {preview && !busy && (
        <button type="button" class="button quiet export-jump" onClick={() => document.getElementById(foreseen)?.focus()}>
          {words.summary(preview.features, lossGroups(preview.losses).length)}
        </button>
      )}
      <Progress state={state} part={part} />
      {busy
        ? <button key="cancel" ref={button} type="button" class="button" onClick={press}>{words.cancel}</button>
        : <button key="download" ref={button} type="button" class="button primary" aria-disabled={!ready} onClick={press}>{words.download}</button>}
    </div>
  );
}

function Progress({ state, part }: { state: Download; part: PartKind }) {
  const { language } = useAtlas();
  const words = useText(exportText);
  const size = (bytes: number): string => formatBytes(bytes, language);
  if (state.status === 'failed') {
    const { said, detail } = refusalOf(state.error, part, words);
    return <p class="export-state" role="alert"><b>{words.failed(state.name)}</b> {said}{detail && <span class="aside" lang="en"> {detail}</span>}</p>;
  }
  const percent = state.status === 'coming' ? percentOf(state.come, state.total) : null;
  return (
    <div class="export-state">
      {isUnderWay(state) && <progress aria-label={words.progress} max={100} {...(percent !== null && { value: percent })} />}
      {state.status === 'coming' && <p>{words.coming(percent, size(state.come), state.total === null ? null : size(state.total))}</p>}
      <p role="status">
        {state.status === 'preparing' ? words.preparing : state.status === 'done' ? words.done(state.name, size(state.bytes)) : state.status === 'cancelled' ? words.cancelled : ''}
      </p>
    </div>
  );
}
