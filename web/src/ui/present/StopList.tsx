/** All stops of the tour, to go to any of them. */
import { useEffect, useRef } from 'preact/hooks';
import type { Tour } from '../../api/types';
import { pick } from '../../state/language';
import { useAtlas, useText } from '../context';
import { W } from '../parts';
import { toursText } from '../text/tours';

export function StopList({ tour, number, choose }: { tour: Tour; number: number; choose: (number: number) => void }) {
  const { language } = useAtlas();
  const words = useText(toursText);
  const present = useRef<HTMLButtonElement>(null);
  useEffect(() => present.current?.focus(), []);
  return (
    <nav class="talk-body" aria-label={words.listOf(pick(language, tour.title, tour.title_en).text)}>
      <ol class="talk-list">
        {tour.stops.map((stop, i) => (
          <li key={i}>
            <button ref={i + 1 === number ? present : null} type="button" aria-current={i + 1 === number ? 'step' : undefined} onClick={() => choose(i + 1)}>
              <span class="talk-index">{i + 1}</span>
              <span><W of={pick(language, stop.title, stop.title_en)} /></span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
