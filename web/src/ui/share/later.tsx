/**
 * The dialogs of sharing and signing in are fetched when the first of them is opened. Until then there is none: one
 * that makes room for another could not give the focus back to where it came from.
 */
import type { ComponentChildren } from 'preact';
import { useAtlas, useText } from '../context';
import { useLoaded } from '../load';
import { OverAll } from '../OverAll';
import { Failure } from '../parts';
import { sessionText } from '../text/session';

type Dialogs = typeof import('./dialogs');

export function Later({ draw }: { draw: (dialogs: Dialogs) => ComponentChildren }) {
  const { store } = useAtlas();
  const words = useText(sessionText);
  const loaded = useLoaded('share dialogs', () => import('./dialogs'));
  if (loaded.status === 'here') return <>{draw(loaded.value)}</>;
  if (loaded.status === 'loading') return null;
  return <OverAll title={words.banner} close={() => (store.dialog.value = null)}><Failure error={loaded.error} retry={loaded.retry} /></OverAll>;
}
