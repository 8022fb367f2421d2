/** A refusal of the server in the reader's words: what is wrong and what to do. */
import type { ApiError } from '../../api/client';
import type { PartKind } from '../../state/export-request';
import type { ExportText } from '../text/export';

export interface Refusal {
  said: string;
  /** The server's own sentence, where ours cannot know the reason. */
  detail: string | null;
}

export function refusalOf({ status, message, detail }: ApiError, part: PartKind, { refusals: words }: ExportText): Refusal {
  if (status === 0) return { said: message === 'interrupted' ? words.interrupted : words.unreachable, detail: null };
  if (status === 503) return { said: /not ready within/.test(detail ?? '') ? words.tooLong : words.busy, detail: null };
  if (status >= 500 || status < 0) return { said: words.failed, detail };
  if (status === 404) return { said: part === 'township' || part === 'found' ? words.gonePart : words.goneLayer, detail };
  if (status !== 422) return { said: words.refused, detail };
  if (part === 'all') return { said: words.emptyLayers, detail: null };
  return /nothing is left/.test(detail ?? '') ? { said: words.emptyPart, detail: null } : { said: words.badPart, detail };
}
