/** An answer as something to draw: on its way, on its way for long, failed, or here. */
import { useEffect, useState } from 'preact/hooks';
import type { ApiError } from '../../../api/client';
import { useAtlas } from '../../context';
import { asApiError } from '../../load';
import { answer, Unanswerable, type Asked, type Obstacle, type Shown } from './answering';

const PATIENCE = 500;

type Answering =
  | { status: 'asking'; slow: boolean }
  | { status: 'failed'; error: ApiError; retry: () => void }
  | { status: 'unanswerable'; obstacle: Obstacle }
  | { status: 'here'; answered: Shown };

export function useAnswer(question: Asked): Answering {
  const { atlas, store } = useAtlas();
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<Answering>({ status: 'asking', slow: false });
  const key = JSON.stringify(question);

  useEffect(() => {
    const abort = new AbortController();
    setState({ status: 'asking', slow: false });
    const timer = setTimeout(() => setState((now) => (now.status === 'asking' ? { status: 'asking', slow: true } : now)), PATIENCE);
    answer(question, atlas, store.mine.layers.peek(), abort.signal).then(
      (answered) => abort.signal.aborted || setState({ status: 'here', answered }),
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setState(error instanceof Unanswerable
          ? { status: 'unanswerable', obstacle: error.obstacle }
          : { status: 'failed', error: asApiError(error), retry: () => setAttempt((n) => n + 1) });
      },
    ).finally(() => clearTimeout(timer));
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [key, attempt]);

  return state;
}
