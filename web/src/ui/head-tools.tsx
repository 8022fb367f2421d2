/** Tours, export, and language and link: these in the head where there is room, else in the settings menu. */
import { useState } from 'preact/hooks';
import { hasServer } from '../api/client';
import { LANGUAGES } from '../state/language';
import { useAtlas, useText } from './context';
import { exportText } from './text/export';
import { toursText } from './text/tours';

export function Languages() {
  const { store, language, words } = useAtlas();
  return (
    <div class="languages" role="group" aria-label={words.language}>
      {LANGUAGES.map((one) => (
        <button key={one} type="button" lang={one === 'zh' ? 'zh-CN' : 'en'} aria-pressed={language === one} onClick={() => (store.language.value = one)}>
          {one === 'zh' ? words.chinese : words.english}
        </button>
      ))}
    </div>
  );
}

export function ExportButton() {
  const { store } = useAtlas();
  const words = useText(exportText);
  if (!hasServer) return null;
  return (
    <button type="button" class="button export-button" aria-haspopup="dialog" aria-label={words.title} title={words.title} onClick={() => (store.dialog.value = 'export')}>
      <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1.5v8.7M4.6 7 8 10.4 11.4 7M1.8 10.5v3.7h12.4v-3.7" /></svg>
      <span>{words.open}</span>
    </button>
  );
}

export function ToursButton() {
  const { store } = useAtlas();
  const words = useText(toursText);
  return (
    <button type="button" class="button tours-button" aria-haspopup="dialog" aria-label={words.title} title={words.title} onClick={() => (store.dialog.value = 'tours')}>
      <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M1.5 2.5h13v8.5h-13zM8 11v3M5 14.2h6M6.6 4.8v4l3.2-2z" /></svg>
      <span>{words.open}</span>
    </button>
  );
}

export function CopyLink() {
  const { words } = useAtlas();
  const [said, setSaid] = useState('');
  // The address of a file leads nowhere on another machine.
  if (!hasServer) return null;
  const copy = (): void => {
    const say = (text: string): void => {
      setSaid(text);
      setTimeout(() => setSaid(''), 2500);
    };
    // Pages on plain http have no clipboard; the address bar still holds the link.
    if (!navigator.clipboard) say(words.copyFailed);
    else navigator.clipboard.writeText(window.location.href).then(() => say(words.linkCopied), () => say(words.copyFailed));
  };
  return (
    <>
      <button type="button" class="button copy-link" aria-label={words.copyLink} onClick={copy}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M6.5 9.5 9.5 6.5M7 4.5l1.7-1.7a3 3 0 0 1 4.3 4.3L11.5 9M9 11.5l-1.7 1.7A3 3 0 0 1 3 8.9L4.5 7" /></svg>
        <span>{words.copyLink}</span>
      </button>
      <p class="toast" role="status">{said}</p>
    </>
  );
}
