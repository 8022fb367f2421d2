/** Who asks and what they were given: signing in, opening share links, and making them. */
import { ApiError, failureOf } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Audience = Schemas['Audience'];
export type Session = Schemas['Session'];
/** What a share link opens: these layers and nothing else. */
export type Share = Schemas['Share'];
export type ShareWish = Schemas['ShareWish'];
export type Shared = Schemas['Shared'];

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
