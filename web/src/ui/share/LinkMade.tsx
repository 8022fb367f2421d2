/** The link: to be copied, scanned, and known when it ends. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Shared } from '../../api/session';
import { momentOf } from '../../state/session';
import { useAtlas, useText } from '../context';
import { shareText } from '../text/share';
import { QrCode } from './QrCode';

export function LinkMade({ shared }: { shared: Shared }) {
  const { language } = useAtlas();
  const words = useText(shareText);
  const [said, setSaid] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  // A server that does not know its own address gives a path.
  const link = new URL(shared.link, window.location.href).href;
  useEffect(() => button.current?.focus(), []);
  const copy = async (): Promise<void> => setSaid((await copied(link, field.current)) ? words.copied : words.copyByHand);
  return (
    <>
      <h3>{words.result}</h3>
      <div class="share-link">
        <input ref={field} type="text" readOnly value={link} aria-label={words.link} onFocus={(event) => event.currentTarget.select()} />
        <button ref={button} type="button" class="button primary" onClick={() => void copy()}>{words.copy}</button>
      </div>
      <p class="share-said" role="status">{said}</p>
      <p>{words.validUntil(momentOf(shared.share.until, language))}</p>
      <QrCode text={link} />
    </>
  );
}

/** Pages on plain http have no clipboard; what is selected in a field they may still copy. */
async function copied(link: string, field: HTMLInputElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(link);
    return true;
  } catch {
    field?.focus();
    field?.select();
    return document.execCommand('copy');
  }
}
