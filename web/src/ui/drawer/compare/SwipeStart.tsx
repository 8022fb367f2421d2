/** Before the curtain hangs: what it is for, and two ways to hang it. */
import { api } from '../../../api/client';
import { effectiveChoice, isVisible } from '../../../state/layers';
import type { Swipe } from '../../../state/swipe';
import { firstChoice } from '../../../state/theme';
import { useAtlas, useText } from '../../context';
import { useLoaded } from '../../load';
import { compareText } from '../../text/compare';
import { middleOfSight } from './sight';
import { planYears } from './years';

export function SwipeStart() {
  const { atlas, store } = useAtlas();
  const words = useText(compareText);
  const themes = useLoaded('themes', api.themes);
  const byYear = themes.status === 'here' ? themes.value.items.filter(({ by }) => by.includes('year')) : [];
  const present = effectiveChoice(store.layers.value, atlas.layers);

  const hang = (sides: Pick<Swipe, 'left' | 'right'>): void => {
    const at = middleOfSight();
    store.curtain.value = at;
    store.swipe.value = { at, ...sides };
  };
  /** To the left what is on the map now, to the right the base map alone: the difference shows at once. */
  const compareLayers = (): void => {
    const base = atlas.layers.filter(({ id, group }) => group === 'base' && isVisible(present, id));
    hang({ left: { layers: present, year: null }, right: { layers: Object.fromEntries(base.map(({ id }) => [id, present[id] ?? 100])), year: null } });
  };
  const compareYears = (): void => {
    const { first, last } = planYears(atlas);
    const chosen = byYear.find(({ id }) => id === store.theme.value?.measure) ?? byYear[0];
    if (!chosen) return;
    store.theme.value = { ...(store.theme.value ?? firstChoice(chosen.id)), measure: chosen.id, year: null };
    hang({ left: { layers: present, year: first }, right: { layers: present, year: last } });
  };
  return (
    <>
      <p>{words.swipeIntro}</p>
      <p class="compare-buttons">
        <button type="button" class="button" onClick={compareLayers}>{words.swipeStart}</button>
        {themes.status !== 'failed' && <button type="button" class="button" disabled={byYear.length === 0} onClick={compareYears}>{words.swipeYears}</button>}
      </p>
      {themes.status === 'here' && byYear.length === 0 && <p class="aside">{words.noYearMeasure}</p>}
      {themes.status === 'failed' && (
        <p class="notice" role="alert">{words.measuresFailed} <button type="button" class="button" onClick={themes.retry}>{words.swipeYears}</button></p>
      )}
    </>
  );
}
