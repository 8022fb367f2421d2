/** After a look at a record: the way back to the very stop. */
import { pick } from '../../state/language';
import { useAtlas, useText } from '../context';
import { toursText } from '../text/tours';
import { present } from './start';
import { useTour } from './useTour';
import type { TourAt } from '../../state/tour';

export function Resume() {
  const { store } = useAtlas();
  const { last } = store.presenting;
  return last.value?.aside ? <Offer at={last.value.at} /> : null;
}

function Offer({ at }: { at: TourAt }) {
  const { store, language } = useAtlas();
  const words = useText(toursText);
  const loaded = useTour(at.tour);
  const stop = loaded.status === 'here' ? loaded.value?.stops[at.stop - 1] : undefined;
  if (!stop) return null;
  return (
    <div class="notice map-notice talk-resume">
      <p class="notice-title">{words.resume(pick(language, stop.title, stop.title_en).text)}</p>
      <button type="button" class="button" onClick={() => present(store, at)}>{words.resumeAction}</button>
      <button type="button" class="button quiet" onClick={() => (store.presenting.last.value = { at, aside: false })}>{words.resumeAway}</button>
    </div>
  );
}
