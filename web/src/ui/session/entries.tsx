/** Where the page says who looks at it: a mark in the head, and the ways to share and to sign in in the menu. */
import { useAtlas, useText } from '../context';
import { sessionText } from '../text/session';

/** So that a presenter knows what the room sees. */
export function AudienceMark() {
  const { store } = useAtlas();
  const words = useText(sessionText);
  const audience = store.session.value?.audience ?? 'public';
  if (audience === 'public') return null;
  const name = words.audiences[audience];
  return (
    <button type="button" class="audience-mark" aria-haspopup="dialog" title={words.seenAs(name)} onClick={() => (store.dialog.value = 'session')}>{name}</button>
  );
}

export function SessionEntries({ then }: { then: (act: () => void) => () => void }) {
  const { store } = useAtlas();
  const words = useText(sessionText);
  const session = store.session.value;
  return (
    <>
      <li><button type="button" onClick={then(() => (store.dialog.value = 'share'))}>{words.shareMenu}<kbd aria-hidden="true">K</kbd></button></li>
      {session?.has_key && (
        <li><button type="button" onClick={then(() => (store.dialog.value = 'session'))}>{session.holder === null ? words.signInMenu : words.signedInMenu(session.holder)}</button></li>
      )}
    </>
  );
}
