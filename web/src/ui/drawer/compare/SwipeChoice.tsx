/** While the curtain hangs: which layers and which year each side shows. */
import { api } from '../../../api/client';
import type { Layer } from '../../../api/types';
import { pick, titled } from '../../../state/language';
import { isVisible, withVisibility } from '../../../state/layers';
import { SIDES, type SideName, type Swipe } from '../../../state/swipe';
import { firstChoice } from '../../../state/theme';
import { useAtlas, useText } from '../../context';
import { useLoaded } from '../../load';
import { W } from '../../parts';
import { compareText } from '../../text/compare';
import { planYears } from './years';

export function SwipeChoice({ swipe }: { swipe: Swipe }) {
  const { atlas, store, language } = useAtlas();
  const words = useText(compareText);
  const alike = atlas.layers.every(({ id }) => isVisible(swipe.left.layers, id) === isVisible(swipe.right.layers, id));
  const { groups } = atlas;
  return (
    <>
      <p class="compare-buttons">
        <button type="button" class="button" onClick={() => (store.swipe.value = null)}>{words.swipeEnd}</button>
        <button type="button" class="button" onClick={() => (store.swipe.value = { ...swipe, left: swipe.right, right: swipe.left })}>{words.swapSides}</button>
      </p>
      <Years swipe={swipe} />
      {alike && swipe.left.year === swipe.right.year && <p class="notice" role="status">{words.sameLayers}</p>}
      <table class="sides-table">
        <caption>{words.layersOfSides}</caption>
        <thead>
          <tr><th scope="col">{words.layer}</th>{SIDES.map((side) => <th key={side} scope="col">{words.sideShort[side]}</th>)}</tr>
        </thead>
        {groups.map((group) => {
          const layers = atlas.layers.filter((layer) => layer.group === group.id);
          return layers.length > 0 && (
            <tbody key={group.id}>
              <tr><th colSpan={3} scope="rowgroup"><W of={titled(language, group)} /></th></tr>
              {layers.map((layer) => <LayerOnSides key={layer.id} layer={layer} swipe={swipe} />)}
            </tbody>
          );
        })}
        <tbody>
          {atlas.layers.filter(({ group }) => !groups.some(({ id }) => id === group)).map((layer) => <LayerOnSides key={layer.id} layer={layer} swipe={swipe} />)}
        </tbody>
      </table>
    </>
  );
}

function LayerOnSides({ layer, swipe }: { layer: Layer; swipe: Swipe }) {
  const { store, language } = useAtlas();
  const words = useText(compareText);
  const title = titled(language, layer);
  const set = (side: SideName, visible: boolean): void => {
    store.swipe.value = { ...swipe, [side]: { ...swipe[side], layers: withVisibility(swipe[side].layers, [layer.id], visible) } };
  };
  return (
    <tr>
      <td><W of={title} /></td>
      {SIDES.map((side) => (
        <td key={side}>
          <label>
            <input type="checkbox" aria-label={words.showOn[side](title.text)} checked={isVisible(swipe[side].layers, layer.id)} onChange={(event) => set(side, event.currentTarget.checked)} />
          </label>
        </td>
      ))}
    </tr>
  );
}

/** Only measures that the server can count by year can be compared by year. */
function Years({ swipe }: { swipe: Swipe }) {
  const { atlas, store, language } = useAtlas();
  const words = useText(compareText);
  const themes = useLoaded('themes', api.themes);
  const byYear = themes.status === 'here' ? themes.value.items.filter(({ by }) => by.includes('year')) : [];
  if (byYear.length === 0) return null;
  const measure = byYear.find(({ id }) => id === store.theme.value?.measure);
  const { first, last, all } = planYears(atlas);
  const setYear = (side: SideName, year: number | null): void => {
    store.swipe.value = { ...swipe, [side]: { ...swipe[side], year } };
  };
  const setMeasure = (id: string): void => {
    const choice = store.theme.value ?? firstChoice(id);
    store.theme.value = id ? { ...choice, measure: id, year: null } : null;
    store.swipe.value = { ...swipe, left: { ...swipe.left, year: id ? swipe.left.year ?? first : null }, right: { ...swipe.right, year: id ? swipe.right.year ?? last : null } };
  };
  return (
    <fieldset class="compare-years">
      <legend>{words.yearsTitle}</legend>
      <label class="compare-select">
        <span>{words.measure}</span>
        <select value={measure?.id ?? ''} onChange={(event) => setMeasure(event.currentTarget.value)}>
          <option value="">{words.noMeasure}</option>
          {byYear.map((theme) => <option key={theme.id} value={theme.id}>{pick(language, theme.title, theme.title_en).text}</option>)}
        </select>
      </label>
      {measure && SIDES.map((side) => (
        <label key={side} class="compare-select">
          <span>{words.yearOf[side]}</span>
          <select value={swipe[side].year ?? ''} onChange={(event) => setYear(side, Number(event.currentTarget.value) || null)}>
            <option value="">{words.anyYear}</option>
            {all.map((year) => <option key={year} value={year}>{year}</option>)}
          </select>
        </label>
      ))}
      {measure && <p class="aside"><W of={pick(language, measure.note, measure.note_en)} /></p>}
    </fieldset>
  );
}
