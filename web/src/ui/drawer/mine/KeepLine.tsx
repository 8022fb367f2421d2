/** How a layer outlives the page: saved as a file, then put into the data folder by the program itself. */
import { useState } from 'preact/hooks';
import type { OwnLayer } from '../../../state/mine';
import { useText } from '../../context';
import { mineText } from '../../text/mine';

/** Names of layers in the data folder are words in Latin letters; whoever keeps a layer can choose another one. */
const wordOf = (layer: OwnLayer): string => {
  const word = layer.name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return /^[a-z]/.test(word) ? word : `own-${layer.id}`;
};

export function KeepLine({ layer }: { layer: OwnLayer }) {
  const words = useText(mineText);
  const [said, setSaid] = useState('');
  const file = `${layer.name.replace(/[\\/:*?"<>|\s]+/g, '-')}.geojson`;
  const command = `plan-atlas import ${file} --as ${wordOf(layer)}`;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(command);
      setSaid(words.copied);
    } catch {
      setSaid(words.copyFailed);
    }
  };
  return (
    <div class="mine-keep">
      <p class="aside">{words.keep}</p>
      <p><a class="button" href={layer.data} download={file}>{words.save}</a></p>
      <code>{command}</code>
      <p><button type="button" class="button quiet" onClick={() => void copy()}>{words.copy}</button> <span role="status" class="aside">{said}</span></p>
    </div>
  );
}
