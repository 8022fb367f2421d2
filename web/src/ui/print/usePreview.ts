/** Fetches what a picture will look like, a moment after the last change; an earlier request is taken back. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiError } from '../../api/client';
import { fetchSvg } from '../../api/picture';
import { readSheet, type SheetSize } from '../../state/picture-sheet';
import { asApiError } from '../load';

const PAUSE = 300;

export interface Sheet extends SheetSize {
  /** Of the picture, in this page. */
  source: string;
}

export interface PreviewSeen {
  /** Of this very address; until it has come, the one before stays in `last`. */
  sheet: Sheet | null;
  last: Sheet | null;
  error: ApiError | null;
  again: () => void;
}

export function usePreview(address: string | null): PreviewSeen {
  const [answer, setAnswer] = useState<{ key: string; sheet: Sheet | null; error: ApiError | null } | null>(null);
  const [last, setLast] = useState<Sheet | null>(null);
  const [attempt, setAttempt] = useState(0);
  /** The newest first. */
  const sources = useRef<string[]>([]);
  const key = address ? `${attempt} ${address}` : '';

  useEffect(() => {
    if (!address) return undefined;
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      const svg = await fetchSvg(address, abort.signal);
      const size = readSheet(svg);
      if (!size) throw new Error('not a picture');
      const source = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
      await decoded(source).catch((error: unknown) => {
        URL.revokeObjectURL(source);
        throw error;
      });
      if (abort.signal.aborted) return URL.revokeObjectURL(source);
      // The one before stays on the screen until this one is drawn.
      const [before, ...older] = sources.current;
      older.forEach((old) => URL.revokeObjectURL(old));
      sources.current = before ? [source, before] : [source];
      const sheet = { ...size, source };
      setAnswer({ key, sheet, error: null });
      setLast(sheet);
    };
    const timer = setTimeout(() => void ask().catch((error: unknown) => abort.signal.aborted || setAnswer({ key, sheet: null, error: asApiError(error) })), PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key]);
  useEffect(() => () => sources.current.forEach((source) => URL.revokeObjectURL(source)), []);

  const here = key !== '' && answer?.key === key ? answer : null;
  return { sheet: here?.sheet ?? null, last, error: here?.error ?? null, again: () => setAttempt(attempt + 1) };
}

/** Ready to be shown at once, so that nothing is blank between two pictures. */
async function decoded(source: string): Promise<void> {
  const image = new Image();
  image.src = source;
  await image.decode();
}
