/** The file: what it will be called, the download, how to stop it, and what became of it. */
import { useRef } from 'preact/hooks';
import { isUnderWay, type Download } from '../../state/download';
import { pictureName } from '../../state/picture-name';
import { concernsFile } from '../../state/picture-request';
import { useAtlas, useText } from '../context';
import { DownloadButton, DownloadState } from '../download-parts';
import { printText } from '../text/print';
import { cancelPicture, startPicture } from './printing';
import { refusalOf } from './refusal';
import type { Chosen } from './useChosen';
import type { Sheet } from './usePreview';

const NONE: Download = { status: 'none' };

export function PrintBar({ chosen: { picture, choice, lying, fault, fileTitle }, sheet }: { chosen: Chosen; sheet: Sheet | null }) {
  const { store } = useAtlas();
  const words = useText(printText);
  const state = store.picturing.download.value;
  // Each of many sheets has a scale of its own.
  const scale = choice.scale ?? (choice.subject === 'each' ? null : (sheet?.scale ?? null));
  const name = picture && sheet && !fault ? pictureName(fileTitle, picture, scale, lying) : null;
  // While the preview is drawn, the name that stands there stays.
  const shown = useRef<string | null>(null);
  if (name || fault) shown.current = name;
  // What became of another file says nothing about this one.
  const told = isUnderWay(state) || (state.status !== 'none' && state.name === shown.current);
  return (
    <div class="export-bar">
      {fault && concernsFile(fault) && <p class="picture-name wrong" role="alert">{words.wrongs[fault]}</p>}
      {shown.current && !told && <p class="picture-name">{words.savedAs(shown.current)}</p>}
      <DownloadState state={told ? state : NONE} refuse={(error) => refusalOf(error, words)} />
      <DownloadButton state={state} start={picture && name ? () => void startPicture(store, picture, name) : null} cancel={cancelPicture} />
    </div>
  );
}
