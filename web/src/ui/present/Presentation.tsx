/** A guided tour on the whole screen: one stop at a time beside the map, and nothing else of the page. */
import { useEffect } from 'preact/hooks';
import type { TourAt } from '../../state/tour';
import { useAtlas, useText } from '../context';
import { Failure, Loading } from '../parts';
import { toursText } from '../text/tours';
import { onFullScreen } from './full-screen';
import { Show } from './Show';
import { endPresentation } from './start';
import { usePresenterKeys } from './usePresenterKeys';
import { useTour } from './useTour';

export function Presentation({ at }: { at: TourAt }) {
  const { store } = useAtlas();
  const words = useText(toursText);
  const loaded = useTour(at.tour);
  const end = (): void => endPresentation(store);
  useEffect(() => onFullScreen(() => undefined, end), []);
  return (
    <section class="talk" aria-label={words.presentation}>
      {loaded.status === 'here' && loaded.value
        ? <Show tour={loaded.value} at={at} end={end} />
        : (
          <div class="talk-card sheet talk-none">
            {loaded.status === 'loading' && <Loading />}
            {loaded.status === 'failed' && <Failure error={loaded.error} retry={loaded.retry} id={at.tour} />}
            {loaded.status === 'here' && <div class="notice" role="alert"><h1 class="notice-title">{words.unknown}</h1><p>{words.unknownHint}</p></div>}
            <p><button type="button" class="button" onClick={end}>{words.leave}</button></p>
            <EscapeAlone end={end} />
          </div>
        )}
    </section>
  );
}

function EscapeAlone({ end }: { end: () => void }) {
  usePresenterKeys((key) => {
    if (key === 'leave') end();
    return key === 'leave';
  });
  return null;
}
