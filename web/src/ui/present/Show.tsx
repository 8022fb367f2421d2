/** Walks through the stops of a tour: tells the map what each of them shows, and listens to keys, fingers and buttons. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Stop, Tour } from '../../api/types';
import { pick } from '../../state/language';
import { showStop } from '../../state/presenting';
import { viewOnStage } from '../../state/stage';
import type { Store } from '../../state/store';
import { moved, swiped, within, type Move, type TourAt } from '../../state/tour';
import { useAtlas, useText } from '../context';
import { W } from '../parts';
import { toursText } from '../text/tours';
import { Caption } from './Caption';
import { goFull } from './full-screen';
import { Margin } from './Margin';
import { stageFrame } from './stage';
import { StopList } from './StopList';
import { Tools } from './Tools';
import { usePresenterKeys } from './usePresenterKeys';

export function Show({ tour, at, end }: { tour: Tour; at: TourAt; end: () => void }) {
  const { store, language } = useAtlas();
  const words = useText(toursText);
  const { dark } = store.presenting;
  const [listed, setListed] = useState(false);
  const card = useRef<HTMLDivElement>(null);
  const finger = useRef<{ x: number; y: number } | null>(null);
  const count = tour.stops.length;
  const number = within(at.stop, count);
  const stop = tour.stops[number - 1];

  const go = (to: number): void => {
    dark.value = false;
    if (to !== number) store.presenting.at.value = { ...at, stop: to };
  };
  const walk = (move: Move): void => go(moved(number, move, count));

  useStopOnMap(stop, at);
  useEffect(() => card.current?.focus({ preventScroll: true }), []);
  const heading = stop ? `${number}/${count} ${pick(language, stop.title, stop.title_en).text}` : null;
  useEffect(() => {
    store.heading.value = heading;
    return () => void (store.heading.value = null);
  }, [heading]);

  usePresenterKeys((key) => {
    switch (key) {
      case 'leave':
        if (dark.value) dark.value = false;
        else if (listed) setListed(false);
        else end();
        return true;
      case 'dark':
        dark.value = !dark.value;
        return true;
      case 'list':
        setListed(!listed);
        return true;
      case 'full':
        goFull();
        return true;
      default:
        walk(key);
        return true;
    }
  });

  if (!stop) return null;
  return (
    <>
      <div
        ref={card} class="talk-card sheet" tabIndex={-1} role="group" aria-label={words.stop(number, count)}
        onPointerDown={(event) => (finger.current = event.pointerType === 'mouse' ? null : { x: event.clientX, y: event.clientY })}
        onPointerCancel={() => (finger.current = null)}
        onPointerUp={(event) => {
          const move = finger.current && swiped(event.clientX - finger.current.x, event.clientY - finger.current.y);
          finger.current = null;
          if (move) walk(move);
        }}
      >
        <p class="talk-tour"><W of={pick(language, tour.title, tour.title_en)} /></p>
        {listed
          ? <StopList tour={tour} number={number} choose={(to) => { setListed(false); go(to); card.current?.focus({ preventScroll: true }); }} />
          : <Caption stop={stop} number={number} count={count} />}
        <footer class="talk-foot">
          <ol class="talk-progress" aria-hidden="true">{tour.stops.map((_, i) => <li key={i} class={i < number ? 'past' : ''} />)}</ol>
          <div class="talk-steps">
            <button type="button" class="button talk-step" aria-label={words.back} title={words.back} disabled={number === 1} onClick={() => walk('back')}>
              <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M10.5 2.5 5 8l5.5 5.5" /></svg>
            </button>
            <button type="button" class="button talk-number" aria-expanded={listed} title={words.list} onClick={() => setListed(!listed)}>
              <span class="visually-hidden">{words.stop(number, count)} · {words.list}</span>
              <span aria-hidden="true"><b>{number}</b> / {count}</span>
            </button>
            <button type="button" class="button talk-step" aria-label={words.next} title={words.next} disabled={number === count} onClick={() => walk('next')}>
              <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M5.5 2.5 11 8l-5.5 5.5" /></svg>
            </button>
          </div>
        </footer>
      </div>
      <Tools end={end} />
      <Margin />
      {dark.value && <button type="button" class="talk-dark" aria-label={words.dark} onClick={() => (dark.value = false)} />}
    </>
  );
}

/** The first stop is simply there; the way to the next ones is shown. A screen of another size shows the same land. */
function useStopOnMap(stop: Stop | undefined, at: TourAt): void {
  const { store } = useAtlas();
  const shown = useRef(false);
  useEffect(() => {
    if (!stop) return undefined;
    showStop(store, stop);
    stand(store, stop, shown.current);
    shown.current = true;
    const again = (): void => stand(store, stop, false);
    window.addEventListener('resize', again);
    return () => window.removeEventListener('resize', again);
  }, [stop, at]);
  // What was tilted is level again on the desk.
  useEffect(() => () => {
    const view = store.view.peek();
    if (view && stop?.pitch) store.command.value = { type: 'view', view };
  }, [stop]);
}

function stand(store: Store, stop: Stop, fly: boolean): void {
  const frame = stageFrame();
  if (frame) store.command.value = { type: 'view', view: viewOnStage(stop, frame), pitch: stop.pitch, fly };
}
