/** Asks what an export will hold, a moment after the last change; an earlier question is taken back. */
import { useEffect, useState } from 'preact/hooks';
import { api, type ApiError } from '../../api/client';
import type { ExportRequest, Preview } from '../../api/export';
import { asApiError } from '../load';

const PAUSE = 250;

export interface Foreseen {
  /** Of this very request; until it has come, that of the one before stays in `last`. */
  preview: Preview | null;
  last: Preview | null;
  error: ApiError | null;
  again: () => void;
}

export function useForeseen(request: ExportRequest | null): Foreseen {
  const [answer, setAnswer] = useState<{ key: string; preview: Preview | null; error: ApiError | null } | null>(null);
  const [last, setLast] = useState<Preview | null>(null);
  const [attempt, setAttempt] = useState(0);
  const key = request ? `${attempt} ${JSON.stringify(request)}` : '';

  useEffect(() => {
    if (!request) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api.preview(request, abort.signal).then(
        (preview) => {
          setAnswer({ key, preview, error: null });
          setLast(preview);
        },
        (error: unknown) => abort.signal.aborted || setAnswer({ key, preview: null, error: asApiError(error) }),
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key]);

  const here = key !== '' && answer?.key === key ? answer : null;
  return { preview: here?.preview ?? null, last, error: here?.error ?? null, again: () => setAttempt(attempt + 1) };
}
