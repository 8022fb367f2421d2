/** The menu behind the gear: look, colours, shortcuts, print, help, and back to the defaults. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Signal } from '@preact/signals';
import { hasServer } from '../../api/client';
import { restoreDefaults } from '../../state/memory';
import { COLOURS, LOOKS } from '../../state/settings';
import { useAtlas, useText } from '../context';
import { CopyLink, Languages } from '../head-tools';
import { SessionEntries } from '../session/entries';
import { settingsText } from '../text/settings';

const SAID_FOR = 2500;

export function SettingsMenu() {
  const { store } = useAtlas();
  const words = useText(settingsText);
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return undefined;
    const onPointerDown = (event: PointerEvent): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  }, [open]);

  const close = (): void => {
    setOpen(false);
    opener.current?.focus();
  };
  const then = (act: () => void) => (): void => {
    close();
    act();
  };
  const reset = (): void => {
    restoreDefaults(store);
    setSaid(words.resetDone);
    setTimeout(() => setSaid(''), SAID_FOR);
  };
  return (
    <div
      class="settings" ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.preventDefault();
        close();
      }}
      onFocusOut={(event) => event.relatedTarget && !event.currentTarget.contains(event.relatedTarget as Node) && setOpen(false)}
    >
      <button ref={opener} type="button" class="button settings-button" aria-haspopup="dialog" aria-expanded={open} aria-label={words.settingsTitle} title={words.settingsTitle} onClick={() => setOpen(!open)}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 4.5h6m4 0h2M2 8h2m4 0h6M2 11.5h7m4 0h1" /><circle cx="10" cy="4.5" r="1.7" /><circle cx="6" cy="8" r="1.7" /><circle cx="11" cy="11.5" r="1.7" /></svg>
        <span>{words.settings}</span>
      </button>
      {open && (
        <div class="settings-menu sheet" role="dialog" aria-label={words.settingsTitle}>
          <div class="settings-narrow"><Languages /><CopyLink /></div>
          <Choice of={store.settings.look} among={LOOKS} title={words.look} names={words.looks} />
          <Choice of={store.settings.colours} among={COLOURS} title={words.colours} names={words.colourNames} hint={words.coloursHint} />
          <label class="settings-check">
            <input type="checkbox" checked={store.settings.shortcuts.value} onChange={(event) => (store.settings.shortcuts.value = event.currentTarget.checked)} />
            {words.keysOn}
          </label>
          <ul class="settings-actions">
            {hasServer && <SessionEntries then={then} />}
            <li><button type="button" onClick={then(() => (store.dialog.value = 'help'))}>{words.help}<kbd aria-hidden="true">?</kbd></button></li>
            {hasServer && <li><button type="button" onClick={then(() => (store.dialog.value = 'print'))}>{words.picture}<kbd aria-hidden="true">O</kbd></button></li>}
            <li><button type="button" onClick={then(() => (store.settings.printing.value = 'preparing'))}>{words.print}<kbd aria-hidden="true">P</kbd></button></li>
            <li><button type="button" onClick={then(() => (store.dialog.value = 'about'))}>{words.about}</button></li>
            <li><button type="button" title={words.resetHint} onClick={then(reset)}>{words.reset}</button></li>
          </ul>
          {!store.settings.kept.value && <p class="aside">{words.notKept}</p>}
        </div>
      )}
      <p class="toast" role="status">{said}</p>
    </div>
  );
}

function Choice<T extends string>({ of, among, title, names, hint }: {
  of: Signal<T>; among: readonly T[]; title: string; names: Readonly<Record<T, string>>; hint?: string;
}) {
  return (
    <fieldset class="settings-choice">
      <legend>{title}</legend>
      <div class="segments">
        {among.map((one) => (
          <label key={one}>
            <input type="radio" name={title} checked={of.value === one} onChange={() => (of.value = one)} />
            <span>{names[one]}</span>
          </label>
        ))}
      </div>
      {hint && <p class="aside">{hint}</p>}
    </fieldset>
  );
}
