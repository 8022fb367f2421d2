/** The sheets that lie over everything: the keys of the page, and what this atlas is. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { titled } from '../../state/language';
import { DRAWING_KEYS, GROUPS, SHORTCUTS } from '../../state/shortcuts';
import { useAtlas, useText } from '../context';
import { W } from '../parts';
import { settingsText } from '../text/settings';

export function Sheets() {
  const { store } = useAtlas();
  const open = store.dialog.value;
  return open === 'help' ? <Help /> : open === 'about' ? <About /> : null;
}

/** A modal dialog of the browser itself: it keeps the focus, closes on Escape and gives the focus back. */
function Sheet({ title, children }: { title: string; children: ComponentChildren }) {
  const { store, words } = useAtlas();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog} class="sheet over-all" aria-labelledby="over-all-title" onClose={() => (store.dialog.value = null)}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <header>
        <h2 id="over-all-title">{title}</h2>
        <button type="button" class="icon-button" aria-label={words.close} onClick={() => dialog.current?.close()}><span aria-hidden="true">×</span></button>
      </header>
      <div class="over-all-body">{children}</div>
    </dialog>
  );
}

function Help() {
  const { store } = useAtlas();
  const words = useText(settingsText);
  return (
    <Sheet title={words.helpTitle}>
      <p class="aside">{store.settings.shortcuts.value ? words.helpNote : words.helpOff}</p>
      <div class="key-groups">
        {GROUPS.map((group) => (
          <Keys key={group} title={words.shortcutGroups[group]} keys={SHORTCUTS.filter((shortcut) => shortcut.group === group).map(({ id, shown }) => [shown, words.shortcutNames[id]])} />
        ))}
        <Keys title={words.drawing} keys={DRAWING_KEYS.map(({ id, shown }) => [shown, words.drawingKeys[id]])} />
      </div>
      <p class="aside">{words.helpMap}</p>
    </Sheet>
  );
}

function Keys({ title, keys }: { title: string; keys: readonly (readonly [readonly string[], string])[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {keys.map(([shown, does]) => (
          <div key={does}>
            <dt>{shown.map((key, i) => <>{i > 0 && '+'}<kbd>{key}</kbd></>)}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function About() {
  const { atlas, language } = useAtlas();
  const words = useText(settingsText);
  const counts = Object.keys(words.counts) as (keyof typeof words.counts)[];
  return (
    <Sheet title={words.aboutTitle}>
      <p class="about-title"><W of={titled(language, atlas)} /></p>
      <dl class="facts">
        <div class="fact"><dt>{words.dataVersion}</dt><dd><code>{atlas.data_version}</code></dd></div>
        <div class="fact">
          <dt>{words.aboutPlans}</dt>
          <dd><ul>{atlas.plans.map((plan) => <li key={plan.id}><W of={titled(language, plan)} /></li>)}</ul></dd>
        </div>
        <div class="fact">
          <dt>{words.aboutCounts}</dt>
          <dd>{counts.map((name) => `${atlas.counts[name]} ${words.counts[name]}`).join(language === 'zh' ? '、' : ', ')}</dd>
        </div>
      </dl>
      <p class="aside">{words.aboutSay}</p>
    </Sheet>
  );
}
