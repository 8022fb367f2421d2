/** Signing in with a pass that was given out, seeing who one is, and signing out. The page is opened anew either way: all that it shows may differ. */
import { useId, useState } from 'preact/hooks';
import { ApiError } from '../../api/client';
import { sessions, type Session } from '../../api/session';
import { dayOf, momentOf, pasted, refusalOf, type Refusal } from '../../state/session';
import type { Language } from '../../state/language';
import { useAtlas, useText } from '../context';
import { asApiError } from '../load';
import { OverAll } from '../OverAll';
import { sessionText } from '../text/session';
import { shareText, type ShareText } from '../text/share';

export function SignInDialog() {
  const { store } = useAtlas();
  const words = useText(shareText);
  const session = store.session.value;
  return (
    <OverAll title={words.signIn} close={() => (store.dialog.value = null)} wide="sign-in">
      {session && session.holder !== null ? <Inside session={session} holder={session.holder} /> : <Outside session={session} />}
    </OverAll>
  );
}

function Outside({ session }: { session: Session | null }) {
  const { language } = useAtlas();
  const words = useText(shareText);
  const { audiences } = useText(sessionText);
  const [text, setText] = useState('');
  const [state, setState] = useState<'still' | 'asking' | { wrong: string }>('still');
  const hint = useId();
  const wrong = useId();
  const enter = (event: Event): void => {
    event.preventDefault();
    const { kind, token } = pasted(text);
    if (!token) return setState({ wrong: words.tokenEmpty });
    // A link opens as a link does, with all that it says.
    if (kind === 'share') return window.location.assign(`${window.location.pathname}?share=${token}`);
    setState('asking');
    sessions.bring(token).then(() => window.location.reload(), (error: unknown) => setState({ wrong: said(asApiError(error), words, language) }));
  };
  return (
    <form onSubmit={enter}>
      {session && session.audience !== 'public' && <p>{words.everybody(audiences[session.audience])}</p>}
      <label class="sign-in-token">
        <span>{words.token}</span>
        <input
          type="password" autocomplete="current-password" spellcheck={false} autofocus value={text} aria-describedby={`${hint} ${wrong}`} aria-invalid={typeof state === 'object'}
          onInput={(event) => {
            setText(event.currentTarget.value);
            if (state !== 'asking') setState('still');
          }}
        />
      </label>
      <p class="aside" id={hint}>{words.tokenHint}</p>
      <p class="export-wrong" role="alert" id={wrong}>{typeof state === 'object' && state.wrong}</p>
      <p class="sign-in-act"><button type="submit" class="button primary" disabled={state === 'asking'}>{state === 'asking' ? words.entering : words.enter}</button></p>
    </form>
  );
}

function said({ status, detail }: ApiError, { refusals }: ShareText, language: Language): string {
  const refusal: Refusal = refusalOf(status, detail);
  if (refusal.kind === 'ended') return refusal.at ? refusals.ended(dayOf(refusal.at, language)) : refusals.endedSome;
  return refusal.kind === 'other' ? `${refusals.other}${refusal.detail ?? status}` : refusals[refusal.kind];
}

function Inside({ session, holder }: { session: Session; holder: string }) {
  const { language } = useAtlas();
  const words = useText(shareText);
  const { audiences } = useText(sessionText);
  const [state, setState] = useState<'still' | 'asking' | 'failed'>('still');
  const leave = (): void => {
    setState('asking');
    sessions.end().then(() => window.location.reload(), () => setState('failed'));
  };
  return (
    <>
      <dl class="facts">
        <div class="fact"><dt>{words.holder}</dt><dd>{holder}</dd></div>
        {!session.share && <div class="fact"><dt>{words.audience}</dt><dd>{audiences[session.audience]}</dd></div>}
        {session.until && <div class="fact"><dt>{words.validTo}</dt><dd>{momentOf(session.until, language)}</dd></div>}
      </dl>
      {session.share && <p class="aside">{words.signedInShare}</p>}
      <p class="export-wrong" role="alert">{state === 'failed' && words.refusals.unreachable}</p>
      <p class="sign-in-act"><button type="button" class="button" disabled={state === 'asking'} onClick={leave}>{state === 'asking' ? words.signingOut : words.signOut}</button></p>
    </>
  );
}
