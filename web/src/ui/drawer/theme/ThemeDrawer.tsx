/** The drawer of thematic maps: a list of measures, and once one is chosen its settings, legend and values. */
import { api } from '../../../api/client';
import type { Theme } from '../../../api/types';
import { pick } from '../../../state/language';
import { firstChoice } from '../../../state/theme';
import { useAtlas, useText } from '../../context';
import { useLoaded } from '../../load';
import { Failure, Loading, W } from '../../parts';
import { themeText } from '../../text/theme';
import { ThemeKey, ThemeTitle, ThemeYear } from './ThemeKey';
import { ThemeRows } from './ThemeRows';
import { ThemeSettings } from './ThemeSettings';

export function ThemeDrawer() {
  const { store } = useAtlas();
  const loaded = useLoaded('themes', api.themes);
  if (loaded.status === 'loading') return <div class="drawer-pad"><Loading /></div>;
  if (loaded.status === 'failed') return <div class="drawer-pad"><Failure error={loaded.error} retry={loaded.retry} /></div>;
  const themes = loaded.value.items;
  return <div class="drawer-pad theme">{store.theme.value ? <Chosen themes={themes} /> : <Measures themes={themes} />}</div>;
}

/** Nothing chosen yet: all there is, each with what it counts. */
function Measures({ themes }: { themes: readonly Theme[] }) {
  const { store, language } = useAtlas();
  const words = useText(themeText);
  if (themes.length === 0) return <p class="notice">{words.none}</p>;
  return (
    <>
      <p class="theme-intro">{words.intro}</p>
      <ul class="theme-measures">
        {themes.map((theme) => (
          <li key={theme.id}>
            <button type="button" onClick={() => (store.theme.value = firstChoice(theme.id))}>
              <span class="theme-measure"><W of={pick(language, theme.title, theme.title_en)} /></span>
              {theme.note && <small><W of={pick(language, theme.note, theme.note_en)} /></small>}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Chosen({ themes }: { themes: readonly Theme[] }) {
  const { store, language } = useAtlas();
  const words = useText(themeText);
  const choice = store.theme.value;
  const sides = store.theming.sides.value;
  const sheet = sides?.left ?? store.theming.sheet.value;
  const failing = store.theming.failing.value;
  if (!choice) return null;
  const theme = themes.find(({ id }) => id === choice.measure);
  const note = theme?.note && pick(language, theme.note, theme.note_en);
  return (
    <>
      <ThemeSettings themes={themes} theme={theme} choice={choice} />
      <section class="theme-legend" aria-label={words.legend} aria-busy={store.theming.asking.value}>
        {failing && (theme
          ? <Failure error={failing} retry={() => (store.theme.value = { ...choice })} id={choice.measure} />
          : <p class="notice" role="alert">{words.unknown(choice.measure)}</p>)}
        {!failing && !sheet && <p class="loading" role="status">{words.asking}</p>}
        {sheet && (
          <>
            <h3><ThemeTitle sheet={sheet} />{sides && <> | <ThemeYear sheet={sides.right} /></>}</h3>
            <ThemeKey sheet={sheet} {...(sides && { right: sides.right })} />
          </>
        )}
        {note && <p class="theme-note"><W of={note} /></p>}
        <p class="theme-note">{words.muted}</p>
      </section>
      {sheet && <ThemeRows sheets={sides ? [sides.left, sides.right] : [sheet]} />}
    </>
  );
}
