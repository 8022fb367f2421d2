/** A promise as something to draw: loading, failed (with a way to try again), or here. */
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../api/client';

export type Loaded<T> =
  | { status: 'loading' }
  | { status: 'failed'; error: ApiError; retry: () => void }
  | { status: 'here'; value: T };

/** Asks again when `key` changes; an answer that comes too late is dropped. */
export function useLoaded<T>(key: string, ask: () => Promise<T>): Loaded<T> {
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<{ key: string; attempt: number; loaded: Loaded<T> } | null>(null);

  useEffect(() => {
    let wanted = true;
    const settle = (loaded: Loaded<T>): void => {
      if (wanted) setAnswer({ key, attempt, loaded });
    };
    ask().then(
      (value) => settle({ status: 'here', value }),
      (error: unknown) => settle({ status: 'failed', error: asApiError(error), retry: () => setAttempt(attempt + 1) }),
    );
    return () => {
      wanted = false;
    };
  }, [key, attempt]);

  return answer?.key === key && answer.attempt === attempt ? answer.loaded : { status: 'loading' };
}

export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(-1, String(error), null);
}
