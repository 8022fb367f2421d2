/**
 * Asks the server now and then whether its data is still what the page shows: every few seconds while
 * somebody looks, at once when they come back to the page, never in the background. The answer carries
 * an `ETag`, so that asking costs a few bytes while nothing changes. A server that does not answer is
 * no news: whatever the reader asks for next will say so.
 */
import { api, hasServer } from './api/client';
import type { Store } from './state/store';

const PAUSE = 20_000;

/** Coming back raises several events at once; one question is enough for them. */
const AT_ONCE = 1_000;

export function watchData(store: Store): void {
  if (!hasServer) return;
  let timer = 0;
  let asked = -Infinity;
  const ask = (): void => {
    window.clearTimeout(timer);
    if (document.hidden) return;
    asked = performance.now();
    void api.status().then((status) => (store.dataStatus.value = status), () => undefined).then(() => {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, PAUSE);
    });
  };
  const back = (): void => {
    if (performance.now() - asked > AT_ONCE) ask();
  };
  window.addEventListener('focus', back);
  document.addEventListener('visibilitychange', back);
  timer = window.setTimeout(ask, PAUSE);
}
