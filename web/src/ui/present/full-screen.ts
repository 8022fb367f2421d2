/**
 * Full screen where the browser grants it; everything works without. In full screen Escape is the browser's: the
 * page only learns that it is over. Whoever looks at the page at that moment has pressed the key and means to
 * leave; if another window has come between, nobody did, and the presentation goes on in the window.
 */
export const canBeFull = (): boolean => document.fullscreenEnabled === true;

export const isFull = (): boolean => document.fullscreenElement !== null;

/** Set while the page itself ends it: until everybody has been told (ms). */
let byPage = false;
const TOLD = 500;

export function goFull(): void {
  if (!canBeFull() || isFull()) return;
  // Refused after a link, in a frame, by a policy: no reason to say anything.
  document.documentElement.requestFullscreen({ navigationUI: 'hide' }).catch(() => undefined);
}

export function leaveFull(): void {
  if (!isFull()) return;
  byPage = true;
  document.exitFullscreen().catch(() => undefined).finally(() => setTimeout(() => (byPage = false), TOLD));
}

export function onFullScreen(changed: () => void, left: () => void): () => void {
  let was = isFull();
  const listen = (): void => {
    const before = was;
    was = isFull();
    changed();
    if (before && !was && !byPage && document.hasFocus() && !document.hidden) left();
  };
  document.addEventListener('fullscreenchange', listen);
  return () => document.removeEventListener('fullscreenchange', listen);
}
