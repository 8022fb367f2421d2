/** Why a document could not be had, in the reader's words. */
import type { ApiError } from '../../api/client';
import type { Refusal } from '../export/refusal';
import type { ExportText } from '../text/export';
import type { SitesText } from '../text/sites';

/** By what the server's own sentence says. */
const REASONS: readonly (readonly [RegExp, 'emptyLayer' | 'tooManyTownships'])[] = [
  [/^no place of the layer/, 'emptyLayer'],
  [/townships are too many/, 'tooManyTownships'],
];

export function refusalOf({ status, message, detail }: ApiError, words: SitesText, { refusals: common }: ExportText): Refusal {
  if (status === 0) return { said: message === 'interrupted' ? common.interrupted : common.unreachable, detail: null };
  if (status === 503) return { said: /not ready within/.test(detail ?? '') ? common.tooLong : common.busy, detail: null };
  if (status >= 500 || status < 0) return { said: common.failed, detail };
  // An older server has no such address at all.
  if (status === 404) return { said: !detail || /^there is nothing at/.test(detail) ? words.notThere : words.gone, detail: null };
  const reason = REASONS.find(([says]) => says.test(detail ?? ''))?.[1];
  return reason ? { said: words[reason], detail: null } : { said: words.refused, detail };
}
