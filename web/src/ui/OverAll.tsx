/** A sheet over everything. The browser's own modal dialog keeps the focus, closes on Escape and gives the focus back. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useAtlas } from './context';

export function OverAll({ title, close, wide, foot, children }: {
  title: string; close: () => void;
  /** What has more than text on it names its own style. */
  wide?: string;
  /** Stays in sight below what is scrolled. */
  foot?: ComponentChildren;
  children: ComponentChildren;
}) {
  const { words } = useAtlas();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog} class={`sheet over-all ${wide ?? ''}`} aria-labelledby={id} onClose={close}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <button type="button" class="icon-button" aria-label={words.close} onClick={() => dialog.current?.close()}><span aria-hidden="true">×</span></button>
      </header>
      <div class="over-all-body">{children}</div>
      {foot && <footer class="over-all-foot">{foot}</footer>}
    </dialog>
  );
}
