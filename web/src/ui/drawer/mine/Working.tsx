/** What is being done to the files, once it takes longer than half a second, and the way to stop it. */
import { useEffect, useState } from 'preact/hooks';
import type { Bringing } from '../../../state/mine';
import { useAtlas, useText } from '../../context';
import { mineText } from '../../text/mine';
import { giveUp } from './bringing';

const PATIENCE = 500;

export function Working({ working: { files, progress } }: { working: Extract<Bringing, { kind: 'working' }> }) {
  const { store } = useAtlas();
  const words = useText(mineText);
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  const share = progress?.total ? Math.round((progress.done / progress.total) * 100) : null;
  return (
    <div class="drawer-pad mine-working" aria-busy="true">
      <p role="status">{slow ? `${words.working}${progress ? ` · ${words.stages[progress.stage]}` : ''}` : ''}</p>
      {slow && (
        <>
          <p class="aside">{progress?.file ?? files.join('、')}</p>
          <progress aria-label={words.working} {...(share !== null && { value: share, max: 100 })} />
          <p><button type="button" class="button" onClick={() => giveUp(store)}>{words.cancel}</button></p>
        </>
      )}
    </div>
  );
}
