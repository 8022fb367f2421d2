/** Says that the ground could not be fetched, and what to do; the atlas itself is unharmed. */
import { groundOf, hostsOf } from '../state/basemap';
import { titled } from '../state/language';
import { useAtlas, useText } from './context';
import { settingsText } from './text/settings';

export function GroundNotice() {
  const { atlas, store, language } = useAtlas();
  const words = useText(settingsText);
  const ground = groundOf(atlas, store.ground.value, store.settings.keys.value);
  if (!ground || !store.groundFailed.value) return null;
  const again = (): void => {
    const id = store.ground.value;
    store.ground.value = null;
    queueMicrotask(() => (store.ground.value = id));
  };
  return (
    <div class="notice map-notice" role="alert">
      <p class="notice-title">{words.groundFailed(titled(language, ground).text)}</p>
      <p>{hostsOf(ground).length ? words.groundFailedHint : words.groundFailedLocal}</p>
      <button type="button" class="button" onClick={again}>{words.retry}</button>{' '}
      <button type="button" class="button" onClick={() => (store.ground.value = null)}>{words.groundOff}</button>
    </div>
  );
}
