/**
 * Where in a guided tour somebody is, how that is written in the address, and which keys lead on. Clickers
 * are keyboards with four keys: they send page up and down, a full stop for a dark screen, and F5 for the start.
 *
 *     ?tour=yunyang&stop=3
 */
export interface TourAt {
  /** Id of the tour, or `OWN_TOUR`. */
  tour: string;
  /** Counted from one. */
  stop: number;
}

/** The reader's own; no tour of a data folder can have this id. */
export const OWN_TOUR = '~own';

export const encodeTour = ({ tour, stop }: TourAt): [string, string][] => [['tour', tour], ['stop', String(stop)]];

export function decodeTour(query: URLSearchParams): TourAt | null {
  const tour = query.get('tour');
  if (!tour) return null;
  const stop = Number(query.get('stop') ?? 1);
  return { tour, stop: Number.isInteger(stop) && stop > 0 ? stop : 1 };
}

/** A link may name a stop that the tour no longer has. */
export const within = (stop: number, count: number): number => Math.max(1, Math.min(stop, count));

export type Move = 'next' | 'back' | 'first' | 'last';

export function moved(stop: number, move: Move, count: number): number {
  const at = within(stop, count);
  return within({ next: at + 1, back: at - 1, first: 1, last: count }[move], count);
}

export type PresenterKey = Move | 'leave' | 'list' | 'dark' | 'full';

const KEYS: Readonly<Record<string, PresenterKey>> = {
  arrowright: 'next', arrowdown: 'next', pagedown: 'next', ' ': 'next', enter: 'next',
  arrowleft: 'back', arrowup: 'back', pageup: 'back', backspace: 'back',
  home: 'first', end: 'last', escape: 'leave', f5: 'full',
};
/** Characters can be switched off as everywhere else (WCAG 2.1.4). */
const CHARACTERS: Readonly<Record<string, PresenterKey>> = { '.': 'dark', '。': 'dark', b: 'dark', l: 'list', f: 'full' };

/** What a key press means; on a button, those keys that press it are the button's. */
export function presenterKey(
  { key, ctrlKey, metaKey, altKey }: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean },
  { onButton, single }: { onButton: boolean; single: boolean },
): PresenterKey | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (onButton && (key === ' ' || key === 'Enter')) return null;
  const pressed = key.toLowerCase();
  return KEYS[pressed] ?? (single ? CHARACTERS[pressed] : undefined) ?? null;
}

/** How far a finger must go to turn the page, and how level it must stay. */
const FAR = 48;

export function swiped(dx: number, dy: number): Move | null {
  if (Math.abs(dx) < FAR || Math.abs(dx) < 2 * Math.abs(dy)) return null;
  return dx < 0 ? 'next' : 'back';
}
