/**
 * What a share link says to the page, and what can be read out of pasted tokens and the server's refusals.
 * A share is opened by writing what it says into the address: from then on the address decides, as always.
 */
import type { Audience, Share } from '../api/session';
import { isLanguage, type Language } from './language';
import { NOTHING, type Selection } from './selection';
import { placeOf } from './share';
import { decodeState, encodeState, type AtlasState } from './url';

/**
 * The token of a link that is being opened; `null` for any other address. A pass in an address would sign whoever
 * opens it in as somebody else: as a share it is none.
 */
export function tokenIn(search: string): string | null {
  const token = new URLSearchParams(search).get('share');
  return token?.startsWith('pass.') ? 'share' : token;
}

export function withoutToken(search: string): string {
  const left = search.replace(/^\?/, '').split('&').filter((word) => word && !/^share(=|$)/.test(word));
  return left.length ? `?${left.join('&')}` : '';
}

/**
 * What somebody pasted: a pass, a token, or a whole link. Mail programs and terminals break long lines, and no
 * token holds a blank.
 */
export function pasted(text: string): { kind: 'pass' | 'share'; token: string } {
  const bare = text.replace(/\s+/g, '');
  const token = /[?&]share=([^&#]*)/.exec(bare)?.[1] ?? bare;
  return { kind: token.startsWith('share.') ? 'share' : 'pass', token };
}

export function stateOfShare({ language, layers, place, tour, view }: Share): AtlasState {
  const said = decodeState(`?${(view ?? '').replace(/^\?/, '')}`);
  return {
    ...said,
    language: isLanguage(language) ? language : null,
    // Further words may tell how strongly a layer is drawn, never which layers there are.
    layers: Object.fromEntries(layers.map((id) => [id, said.layers?.[id] ?? 100])),
    selection: place === null ? NOTHING : seenAs(said.selection, place),
    tour: tour === null ? null : { tour, stop: 1 },
  };
}

/** Further words may tell as what the place is looked at, never which place. */
const seenAs = (said: Selection, place: string): Selection => (placeOf(said) === place ? said : { kind: 'place', id: place });

export const addressOfShare = (share: Share): string => encodeState(stateOfShare(share));

/** From the least to the most that somebody sees. */
export const AUDIENCES: readonly Audience[] = ['public', 'investor', 'internal'];

/** Whoever sees what an audience sees also sees what those before it see. */
export const upTo = (own: Audience): readonly Audience[] => AUDIENCES.slice(0, AUDIENCES.indexOf(own) + 1);

export type Refusal =
  | { kind: 'ended'; at: string | null }
  | { kind: 'foreign' | 'malformed' | 'noKey' | 'unreachable' }
  /** Nothing that this page knows; the server's own words must do. */
  | { kind: 'other'; detail: string | null };

/** By what the server's own sentence says. */
export function refusalOf(status: number, detail: string | null): Refusal {
  const said = detail ?? '';
  if (status === 0) return { kind: 'unreachable' };
  const ended = / ended at ([^\s;]+)/.exec(said);
  if (ended) return { kind: 'ended', at: Number.isNaN(Date.parse(ended[1] ?? '')) ? null : (ended[1] ?? null) };
  if (/altered|another server/.test(said)) return { kind: 'foreign' };
  if (/no pass or share link/.test(said)) return { kind: 'malformed' };
  if (/has no key/.test(said)) return { kind: 'noKey' };
  return { kind: 'other', detail };
}

const localeOf = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en-GB');

/** 2026年12月4日, 4 December 2026: where the reader is. */
export const dayOf = (moment: string, language: Language): string => new Date(moment).toLocaleDateString(localeOf(language), { dateStyle: 'long' });

export const momentOf = (moment: string, language: Language): string =>
  new Date(moment).toLocaleString(localeOf(language), { dateStyle: 'long', timeStyle: 'short' });
