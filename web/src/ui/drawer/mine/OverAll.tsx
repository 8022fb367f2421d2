/** A sheet over everything, for what is too wide for the drawer. The browser's own dialog keeps the focus and gives it back. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useAtlas } from '../../context';

export function OverAll({ title, close, children }: { title: string; close: () => void; children: ComponentChildren }) {
  const { words } = useAtlas();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog} class="sheet over-all mine-over-all" aria-labelledby="mine-over-all-title" onClose={close}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <header>
        <h2 id="mine-over-all-title">{title}</h2>
        <button type="button" class="icon-button" aria-label={words.close} onClick={() => dialog.current?.close()}><span aria-hidden="true">×</span></button>
      </header>
      <div class="over-all-body">{children}</div>
    </dialog>
  );
}
