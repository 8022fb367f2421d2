/** The ground under the layers: none, or one of those the data folder declares. */
import { useState } from 'preact/hooks';
import type { Basemap } from '../../api/types';
import { groundsOf, hostsOf, keyName, readiness } from '../../state/basemap';
import { pick, titled } from '../../state/language';
import { useAtlas, useText } from '../context';
import { W } from '../parts';
import { settingsText } from '../text/settings';

export function Basemaps() {
  const { atlas, store, language } = useAtlas();
  const words = useText(settingsText);
  const grounds = groundsOf(atlas);
  const chosen = grounds.find(({ id }) => id === store.ground.value);
  const [open, setOpen] = useState(chosen !== undefined);
  return (
    <section class="basemaps">
      <h3>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span>{words.background}</span>
          <span class="aside">{chosen ? <W of={titled(language, chosen)} /> : words.backgroundShort}</span>
          <svg viewBox="0 0 10 6" aria-hidden="true"><path d="m1 1 4 4 4-4" /></svg>
        </button>
      </h3>
      {open && (
        <div class="basemap-list">
          <div role="radiogroup" aria-label={words.background}>
            <label class="basemap">
              <input type="radio" name="basemap" checked={!chosen} onChange={() => (store.ground.value = null)} />
              <span>{words.backgroundNone}</span>
            </label>
            {grounds.map((basemap) => <Choice key={basemap.id} basemap={basemap} />)}
          </div>
          {chosen && readiness(chosen, store.settings.keys.value) !== 'refused' && <About basemap={chosen} />}
          {grounds.length === 0 && <p class="aside">{words.backgroundsHint}</p>}
        </div>
      )}
    </section>
  );
}

/** A ground that cannot be used stays in the list, with the reason. */
function Choice({ basemap }: { basemap: Basemap }) {
  const { store, language } = useAtlas();
  const words = useText(settingsText);
  const { id, refused, datum } = basemap;
  return (
    <label class={`basemap ${refused ? 'off' : ''}`}>
      <input
        type="radio" name="basemap" checked={store.ground.value === id && !refused} disabled={refused !== null}
        {...(refused && { 'aria-describedby': `refused-${id}` })} onChange={() => (store.ground.value = id)}
      />
      <span>
        <W of={titled(language, basemap)} />
        {refused ? <span class="tag warn">{words.refusedTag}</span> : <span class="aside" title={words.datum}> {datum}</span>}
        {refused && <small id={`refused-${id}`} class="basemap-why">{pick(language, refused.zh, refused.en).text}</small>}
      </span>
    </label>
  );
}

function About({ basemap }: { basemap: Basemap }) {
  const { store } = useAtlas();
  const words = useText(settingsText);
  const hosts = hostsOf(basemap);
  const { groundNames } = store.settings;
  if (!basemap.needs_key && hosts.length === 0 && basemap.labels.length === 0) return null;
  return (
    <div class="basemap-about">
      {basemap.needs_key && <Key basemap={basemap} />}
      {basemap.labels.length > 0 && (
        <label class="basemap">
          <input type="checkbox" checked={groundNames.value} onChange={(event) => (groundNames.value = event.currentTarget.checked)} />
          {words.groundNames}
        </label>
      )}
      {hosts.length > 0 && <p class="aside">{words.groundOutside(hosts.join(', '))}</p>}
    </div>
  );
}

/** The reader's own key: asked for, kept in this browser, and forgotten on request. */
function Key({ basemap }: { basemap: Basemap }) {
  const { store } = useAtlas();
  const words = useText(settingsText);
  const { kind } = basemap;
  const { keys } = store.settings;
  const name = keyName(basemap);
  const kept = keys.value[name];
  const [typed, setTyped] = useState('');
  if (kept) {
    const { [name]: _, ...others } = keys.value;
    return <p><button type="button" class="button" onClick={() => (keys.value = others)}>{words.keyForget}</button></p>;
  }
  return (
    <form
      class="basemap-key"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim()) keys.value = { ...keys.value, [name]: typed.trim() };
      }}
    >
      <p>{words.keyNeeded}</p>
      <label>
        {kind === 'tianditu' ? words.keyLabel : words.keyOther}
        <input type="text" value={typed} autocomplete="off" spellcheck={false} onInput={(event) => setTyped(event.currentTarget.value)} />
      </label>
      <button type="submit" class="button" disabled={!typed.trim()}>{words.keySave}</button>
      {kind === 'tianditu' && <p class="aside">{words.keyHow}</p>}
      <p class="aside">{kind === 'tianditu' ? words.keyWhere : words.keyKept}</p>
    </form>
  );
}
