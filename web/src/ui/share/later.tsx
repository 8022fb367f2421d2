/** The dialogs of sharing and signing in are fetched when the first of them is opened. */
import type { ComponentChildren } from 'preact';
import { useAtlas, useText } from '../context';
import { useLoaded } from '../load';
import { OverAll } from '../OverAll';
import { Failure, Loading } from '../parts';
import { sessionText } from '../text/session';

type Dialogs = typeof import('./dialogs');

export function Later({ draw }: { draw: (dialogs: Dialogs) => ComponentChildren }) {
  const { store } = useAtlas();
  const words = useText(sessionText);
  const loaded = useLoaded('share dialogs', () => import('./dialogs'));
  if (loaded.status === 'here') return <>{draw(loaded.value)}</>;
  return (
    <OverAll title={words.banner} close={() => (store.dialog.value = null)}>
      {loaded.status === 'loading' ? <Loading /> : <Failure error={loaded.error} retry={loaded.retry} />}
    </OverAll>
  );
}
