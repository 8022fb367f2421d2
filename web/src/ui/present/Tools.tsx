/** The few buttons that stay in the corner: language, full screen, the end. */
import { useEffect, useState } from 'preact/hooks';
import { useText } from '../context';
import { Languages } from '../head-tools';
import { toursText } from '../text/tours';
import { canBeFull, goFull, isFull, leaveFull, onFullScreen } from './full-screen';

export function Tools({ end }: { end: () => void }) {
  const words = useText(toursText);
  const [full, setFull] = useState(isFull());
  useEffect(() => onFullScreen(() => setFull(isFull()), () => undefined), []);
  return (
    <div class="talk-tools sheet">
      <Languages />
      {canBeFull() && (
        <button type="button" class="icon-button" aria-label={full ? words.unfull : words.full} title={full ? words.unfull : words.full} onClick={full ? leaveFull : goFull}>
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d={full ? 'M6 2v4H2M10 2v4h4M14 10h-4v4M2 10h4v4' : 'M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4'} /></svg>
        </button>
      )}
      <button type="button" class="button quiet" onClick={end}>{words.leave} <kbd aria-hidden="true">Esc</kbd></button>
    </div>
  );
}
