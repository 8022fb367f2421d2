/** Who asks and what they were given: signing in, opening share links, and making them. */
import { ApiError, failureOf } from './client';

export type Audience = 'public' | 'investor' | 'internal';

/** What a share link opens: these layers and nothing else. */
export interface Share {
  audience: Audience;
  layers: readonly string[];
  /** Id of the place that is shown first. */
  place: string | null;
  language: 'zh' | 'en';
  /** Id of the guided tour that begins. */
  tour: string | null;
  /** Further words of the page's address. */
  view: string | null;
  data_version: string;
  /** RFC 3339, as is `until`. */
  since: string;
  until: string;
}

export interface Session {
  audience: Audience;
  /** Who signed in. */
  holder: string | null;
  until: string | null;
  share: Share | null;
  /** The data has changed since that link was made. */
  changed: boolean;
  /** People can sign in here and make links. */
  has_key: boolean;
  /** Why what they brought was refused, in the server's words. */
  refused: string | null;
}

export type ShareWish = Pick<Share, 'audience' | 'language' | 'layers' | 'place' | 'tour' | 'view'> & { days: number };

export interface Shared {
  link: string;
  token: string;
  share: Share;
}

async function send<T>(path: string, method: 'GET' | 'POST' | 'DELETE', sent?: object): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method, cache: 'no-store', headers: { accept: 'application/json', ...(sent && { 'content-type': 'application/json' }) }, ...(sent && { body: JSON.stringify(sent) }),
    });
  } catch {
    throw new ApiError(0, 'unreachable', null);
  }
  if (!response.ok) throw await failureOf(response);
  return (await response.json()) as T;
}

/** Nothing here is remembered: the cookie that it is about cannot be read by the page. */
export const sessions = {
  now: () => send<Session>('/api/session', 'GET'),
  /** A pass signs in, the token of a share link opens it. */
  bring: (token: string) => send<Session>('/api/session', 'POST', { token }),
  /** Signs out, and leaves the share. */
  end: () => send<Session>('/api/session', 'DELETE'),
  leaveShare: () => send<Session>('/api/session?share=true', 'DELETE'),
  share: (wish: ShareWish) => send<Shared>('/api/shares', 'POST', wish),
};
