/**
 * Who looks at the page, before there is anything to look at. A share link is opened by handing its token to the
 * server and writing what it says into the address; all the rest reads the address as ever. What the server
 * refuses gets a page of its own, and nothing else is started.
 */
import { api, ApiError, hasServer } from './api/client';
import { sessions, type Session } from './api/session';
import { openShelf, recall } from './state/memory';
import { addressOfShare, refusalOf, tokenIn, withoutToken, type Refusal } from './state/session';

/** `null` where the server does not say who it is that asks. */
export async function openSession(): Promise<Session | null> {
  if (!hasServer) return null;
  const { search, pathname } = window.location;
  const rewrite = (address: string): void => window.history.replaceState(null, '', address || pathname);
  const token = tokenIn(search);
  if (token !== null) {
    const brought = await sessions.bring(token).catch(refused);
    if (!('audience' in brought)) return shut(brought);
    rewrite(brought.share ? addressOfShare(brought.share) : withoutToken(search));
    return brought;
  }
  // Most people come without anything: the atlas need not wait for that to be known.
  void api.atlas();
  const session = await sessions.now().catch(() => null);
  if (session?.refused) return shut(refusalOf(401, session.refused));
  // An address that says nothing says what the share says that is open.
  if (session?.share && search === '') rewrite(addressOfShare(session.share));
  return session;
}

const refused = (error: unknown): Refusal => (error instanceof ApiError ? refusalOf(error.status, error.detail) : { kind: 'unreachable' });

/** Stays for good: whoever leaves that page opens another. */
async function shut(refusal: Refusal): Promise<never> {
  // With a link that is refused, somebody may still be signed in; they need not sign out to go on.
  const own = refusal.kind === 'unreachable' ? null : await sessions.now().catch(() => null);
  const { showRefusal } = await import('./ui/session/Refused');
  showRefusal(refusal, own && !own.refused ? own : null, recall(openShelf()).look ?? 'system');
  return new Promise(() => undefined);
}
