/** The sheets that lie over everything: the keys of the page, what this atlas is, and taking it away. */
import { hasServer } from '../../api/client';
import { titled } from '../../state/language';
import { DRAWING_KEYS, GROUPS, NEEDS_SERVER, SHORTCUTS } from '../../state/shortcuts';
import { useAtlas, useText } from '../context';
import { ExportDialog } from '../export/ExportDialog';
import { OverAll } from '../OverAll';
import { W } from '../parts';
import { PrintDialog } from '../print/PrintDialog';
import { Later } from '../share/later';
import { settingsText } from '../text/settings';
import { ToursDialog } from '../tours/ToursDialog';

export function Sheets() {
  const { store } = useAtlas();
  switch (store.dialog.value) {
    case 'help': return <Help />;
    case 'about': return <About />;
    case 'export': return <ExportDialog />;
    case 'print': return <PrintDialog />;
    case 'tours': return <ToursDialog />;
    case 'share': return <Later draw={({ ShareDialog }) => <ShareDialog />} />;
    case 'session': return <Later draw={({ SignInDialog }) => <SignInDialog />} />;
    case null: return null;
  }
}

function Help() {
  const { store } = useAtlas();
  const words = useText(settingsText);
  return (
    <OverAll title={words.helpTitle} close={() => (store.dialog.value = null)}>
      <p class="aside">{store.settings.shortcuts.value ? words.helpNote : words.helpOff}</p>
      <div class="key-groups">
        {GROUPS.map((group) => (
          <Keys key={group} title={words.shortcutGroups[group]} keys={SHORTCUTS.filter((shortcut) => shortcut.group === group && (hasServer || !NEEDS_SERVER.includes(shortcut.id))).map(({ id, shown }) => [shown, words.shortcutNames[id]])} />
        ))}
        <Keys title={words.drawing} keys={DRAWING_KEYS.map(({ id, shown }) => [shown, words.drawingKeys[id]])} />
      </div>
      <p class="aside">{words.helpMap}</p>
    </OverAll>
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
  const { atlas, store, language } = useAtlas();
  const words = useText(settingsText);
  const counts = Object.keys(words.counts) as (keyof typeof words.counts)[];
  return (
    <OverAll title={words.aboutTitle} close={() => (store.dialog.value = null)}>
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
    </OverAll>
  );
}
