/** What somebody meets whose link or sign-in is refused: why, and what to do. Not part of the page: there is no atlas yet. */
import { render } from 'preact';
import { useState } from 'preact/hooks';
import { sessions, type Session } from '../../api/session';
import { LANGUAGES, type Language } from '../../state/language';
import { dayOf, type Refusal } from '../../state/session';
import type { Look } from '../../state/settings';
import { refusedText, type RefusedText } from '../text/refused';

/** `own` is who they are without what was refused. */
export function showRefusal(refusal: Refusal, own: Session | null, look: Look): void {
  const root = document.getElementById('app');
  const dark = look === 'dark' || (look === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset['look'] = dark ? 'dark' : 'light';
  document.title = `${refusedText.zh.title} · ${refusedText.en.title}`;
  if (root) render(<Refused refusal={refusal} own={own} />, root);
}

const langOf = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en');

function Refused({ refusal, own }: { refusal: Refusal; own: Session | null }) {
  const [failed, setFailed] = useState(false);
  const holder = own?.holder ?? null;
  const label = (words: RefusedText): string => (refusal.kind === 'unreachable' ? words.retry : holder === null ? words.openPublic : words.openOwn(holder));
  const act = (): void => {
    if (refusal.kind === 'unreachable') return window.location.reload();
    const open = (): void => window.location.replace(window.location.pathname);
    // The refused cookie is taken away, for the server refuses everything as long as it comes along.
    if (holder === null) sessions.end().then(open, () => setFailed(true));
    else open();
  };
  return (
    <main class="refused">
      <div class="sheet">
        <svg class="refused-seal" viewBox="0 0 48 48" aria-hidden="true"><path d="M14 22v-6a10 10 0 0 1 20 0v6M9 22h30v19H9zM24 29v6" /></svg>
        {LANGUAGES.map((language) => <Why key={language} language={language} refusal={refusal} />)}
        <button type="button" class="button" onClick={act}>
          <span lang="zh-CN">{label(refusedText.zh)}</span><span aria-hidden="true"> / </span><span lang="en">{label(refusedText.en)}</span>
        </button>
        <div role="alert">{failed && LANGUAGES.map((language) => <p key={language} lang={langOf(language)}>{refusedText[language].failed}</p>)}</div>
      </div>
    </main>
  );
}

function Why({ language, refusal }: { language: Language; refusal: Refusal }) {
  const words = refusedText[language];
  const Heading = language === 'zh' ? 'h1' : 'h2';
  return (
    <section lang={langOf(language)}>
      <Heading>{words.title}</Heading>
      <p>{refusal.kind === 'ended' ? (refusal.at ? words.ended(dayOf(refusal.at, language)) : words.endedSome) : words.reasons[refusal.kind]}</p>
      {refusal.kind === 'other' && refusal.detail && <p class="aside">{words.serverSays}<span lang="en">{refusal.detail}</span></p>}
      {refusal.kind !== 'noKey' && <p>{refusal.kind === 'unreachable' ? words.todoLater : refusal.kind === 'malformed' ? words.todoWhole : words.todo}</p>}
    </section>
  );
}
