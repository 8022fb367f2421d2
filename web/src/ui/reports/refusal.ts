/** Why a document could not be had, in the reader's words. */
import type { ApiError } from '../../api/client';
import type { Refusal } from '../export/refusal';
import type { ExportText } from '../text/export';
import type { SitesText } from '../text/sites';

export function refusalOf({ status, message, detail }: ApiError, words: SitesText, { refusals: common }: ExportText): Refusal {
  if (status === 0) return { said: message === 'interrupted' ? common.interrupted : common.unreachable, detail: null };
  if (status === 503) return { said: common.busy, detail: null };
  if (status >= 500 || status < 0) return { said: common.failed, detail };
  // Without a word of its own there is no such address at all: an older server.
  if (status === 404) return { said: detail ? words.gone : words.notThere, detail };
  return { said: words.refused, detail };
}
