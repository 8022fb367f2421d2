/** While a share link is open: that it is one, until when, and the way out. */
import { useEffect, useState } from 'preact/hooks';
import { sessions, type Share } from '../../api/session';
import { dayOf } from '../../state/session';
import { useAtlas, useText } from '../context';
import { sessionText } from '../text/session';

export function ShareBanner() {
  const { store } = useAtlas();
  const session = store.session.value;
  return session?.share ? <Banner share={session.share} changed={session.changed} /> : null;
}

function Banner({ share, changed }: { share: Share; changed: boolean }) {
  const { language } = useAtlas();
  const words = useText(sessionText);
  const [leaving, setLeaving] = useState<'no' | 'now' | 'failed'>('no');
  const ended = useEnded(share.until);
  const day = dayOf(share.until, language);
  const leave = (): void => {
    setLeaving('now');
    // What the address names need not be there for whoever comes without the link.
    sessions.leaveShare().then(() => window.location.assign(window.location.pathname), () => setLeaving('failed'));
  };
  return (
    <aside class="share-banner" aria-label={words.banner}>
      <p>
        <strong>{words.banner}</strong>
        <span>{ended ? words.ended(day) : words.validUntil(day)}</span>
        {changed && <span>{words.changed}</span>}
      </p>
      <p role="status">{leaving === 'failed' && words.leaveFailed}</p>
      <button type="button" class="button" disabled={leaving === 'now'} onClick={leave}>{leaving === 'now' ? words.leaving : words.leave}</button>
    </aside>
  );
}

/** Browsers wait no longer than this, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

function useEnded(until: string): boolean {
  const left = (): number => Date.parse(until) - Date.now();
  const [ended, setEnded] = useState(left() <= 0);
  useEffect(() => {
    if (left() > LONGEST) return undefined;
    const timer = setTimeout(() => setEnded(true), left());
    return () => clearTimeout(timer);
  }, [until]);
  return ended;
}
