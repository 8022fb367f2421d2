/**
 * One thin bar under the head for whatever takes longer than half a second. It comes late and stays a
 * little, so that nothing flashes.
 */
import { useEffect, useState } from 'preact/hooks';
import { pending } from '../../api/client';
import { useText } from '../context';
import { settingsText } from '../text/settings';

const PATIENCE = 500;
const LINGER = 300;

export function Progress() {
  const words = useText(settingsText);
  const waiting = pending.value > 0;
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(waiting), waiting ? PATIENCE : LINGER);
    return () => clearTimeout(timer);
  }, [waiting]);
  return (
    <div class="progress">
      {shown && <div role="progressbar" aria-label={words.working} />}
      <p class="visually-hidden" role="status">{shown ? words.working : ''}</p>
    </div>
  );
}
