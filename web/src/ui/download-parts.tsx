/** What every download has: a button that starts it and then stops it, and a line that says how it goes. */
import { useEffect, useRef } from 'preact/hooks';
import type { ApiError } from '../api/client';
import { isUnderWay, type Download } from '../state/download';
import { formatBytes, percentOf } from '../state/export-report';
import { useAtlas, useText } from './context';
import type { Refusal } from './export/refusal';
import { exportText } from './text/export';

/** `start` is `null` while there is nothing to download. */
export function DownloadButton({ state, start, cancel }: { state: Download; start: (() => void) | null; cancel: () => void }) {
  const words = useText(exportText);
  const busy = isUnderWay(state);
  const button = useRef<HTMLButtonElement>(null);
  const pressed = useRef(false);
  const wasBusy = useRef(busy);
  // The pressed button goes; the one in its place takes the focus over.
  useEffect(() => {
    if (wasBusy.current !== busy && pressed.current) button.current?.focus();
    wasBusy.current = busy;
  }, [busy]);
  const press = (): void => {
    pressed.current = true;
    if (busy) cancel();
    else start?.();
  };
  return busy
    ? <button key="cancel" ref={button} type="button" class="button" onClick={press}>{words.cancel}</button>
    : <button key="download" ref={button} type="button" class="button primary" aria-disabled={!start} onClick={press}>{words.download}</button>;
}

export function DownloadState({ state, refuse }: { state: Download; refuse: (error: ApiError) => Refusal }) {
  const { language } = useAtlas();
  const words = useText(exportText);
  const size = (bytes: number): string => formatBytes(bytes, language);
  if (state.status === 'failed') {
    const { said, detail } = refuse(state.error);
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
