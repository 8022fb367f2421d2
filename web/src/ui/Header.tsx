/** The head of the sheet: title, search, language, link. */
import { useState } from 'preact/hooks';
import { LANGUAGES, titled } from '../state/language';
import { useAtlas } from './context';
import { W } from './parts';
import { Search } from './Search';

export function Header() {
  const { atlas, store, language, words } = useAtlas();
  const other = language === 'zh' ? atlas.title_en : atlas.title;
  return (
    <header class="head">
      <button type="button" class="button layers-toggle" aria-expanded={store.layersOpen.value} aria-controls="layers" aria-label={words.layers} title={store.layersOpen.value ? words.hideLayers : words.showLayers} onClick={() => (store.layersOpen.value = !store.layersOpen.value)}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="m8 1.5 7 3.5-7 3.5L1 5zM1 8.5 8 12l7-3.5M1 11.8l7 3.5 7-3.5" /></svg>
        <span>{words.layers}</span>
      </button>
      <div class="brand">
        <h1><W of={titled(language, atlas)} /></h1>
        {other && <p lang={language === 'zh' ? 'en' : 'zh-CN'}>{other}</p>}
      </div>
      <Search />
      <button type="button" class="button registers" aria-label={words.registers} aria-pressed={store.selection.value.kind === 'register'} onClick={() => store.select({ type: 'choose', kind: 'register', id: 'targets' })}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M5.5 3.5H14M5.5 8H14M5.5 12.5H14M2 3.5h1.2M2 8h1.2M2 12.5h1.2" /></svg>
        <span>{words.registers}</span>
      </button>
      <div class="tools">
        <div class="languages" role="group" aria-label={words.language}>
          {LANGUAGES.map((one) => (
            <button key={one} type="button" lang={one === 'zh' ? 'zh-CN' : 'en'} aria-pressed={language === one} onClick={() => (store.language.value = one)}>
              {one === 'zh' ? words.chinese : words.english}
            </button>
          ))}
        </div>
        <CopyLink />
      </div>
    </header>
  );
}

function CopyLink() {
  const { words } = useAtlas();
  const [said, setSaid] = useState('');
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
