/** A refusal of the server in the reader's words: what is wrong and what to do. */
import type { ApiError } from '../../api/client';
import type { Refusal } from '../export/refusal';
import type { PrintText } from '../text/print';

type Reason = keyof PrintText['wrongs'];

/** By what the server's own sentence says. */
const REASONS: readonly (readonly [RegExp, Reason])[] = [
  [/has no position/, 'unlocated'],
  [/no room for a map/, 'small'],
  [/million pixels/, 'tooManyPixels'],
  [/sheets are too many/, 'tooManySheets'],
  [/^bbox is|does not reach/, 'view'],
  [/^there is no (layer|place)/, 'gone'],
  [/not ready within/, 'tooLong'],
];

export function refusalOf({ status, message, detail }: ApiError, { wrongs: words }: PrintText): Refusal {
  const reason = REASONS.find(([says]) => says.test(detail ?? ''))?.[1];
  if (reason) return { said: words[reason], detail: null };
  if (status === 0) return { said: message === 'interrupted' ? words.interrupted : words.unreachable, detail: null };
  if (status === 503) return { said: words.busy, detail: null };
  if (status >= 500 || status < 0) return { said: words.failed, detail };
  return { said: words.refused, detail };
}
