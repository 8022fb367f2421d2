/**
 * Keeps the page in the hand where drawing the map takes longer than a moment: office machines without a graphics
 * card draw two or three pictures a second, and while one is being drawn the browser shows nothing else either.
 * There the picture drawn last is pushed, turned and stretched as a whole while the map moves, which the browser
 * does sixty times a second, and a new one is drawn when the hand rests, when too little of the old one is left on
 * the screen, and after the page has had its turn to answer a click. Where drawing is fast, nothing of this happens.
 *
 *     frame ─► fast, or now? ─► draw, and time it
 *                   └─ otherwise ─► push the picture, ask again soon
 */
import type { Map as MapLibre } from 'maplibre-gl';

/** A frame that takes longer (ms) is felt; a fence is asked once per frame, so two frames of sixty pass as fast. */
const FELT = 40;
/** So many drawings in a row must be slow: one alone may have met a tile or the page at work. */
const IN_A_ROW = 3;
/** The hand rests (ms). */
const REST = 140;
/** What a click does to panels is shown first (ms). */
const ANSWERED = 250;
/** Tiles that are still to come are waited for, so long (ms). */
const PATIENCE = 900;
/** Share of the screen that may lie bare before the picture is drawn anew. */
const BARE = 0.4;
/** Stretched further than this the picture is a blur. */
const STRETCH = 1.9;

/** The part of a frame that the page cares for; only pictures that look straight down can be pushed. */
interface Camera {
  center: { lng: number; lat: number };
  zoom: number;
  bearing: number;
  pitch: number;
  /** Of the drawing buffer; a new one is empty. */
  pixels: string;
}

/** How the picture lies on the screen: pixels from the middle, factor, degrees. */
export interface Push {
  x: number;
  y: number;
  scale: number;
  turn: number;
}

/** Share of a screen of that size that a pushed picture of the same size leaves bare; a turn is not counted. */
export function bare({ x, y, scale }: Push, width: number, height: number): number {
  const along = (offset: number, size: number): number =>
    Math.max(0, Math.min(size / 2, offset + (size * scale) / 2) - Math.max(-size / 2, offset - (size * scale) / 2));
  return 1 - (along(x, width) * along(y, height)) / (width * height);
}

export const tooFar = (push: Push, width: number, height: number): boolean =>
  bare(push, width, height) > BARE || push.scale > STRETCH || push.scale < 1 / STRETCH;

/** Slow is what has been slow each of the last few times. */
export function stopwatch(slowFromTheStart = false): { take: (ms: number) => void; slow: () => boolean } {
  const taken = slowFromTheStart ? new Array<number>(IN_A_ROW).fill(Infinity) : [];
  return {
    take: (ms) => {
      taken.push(ms);
      if (taken.length > IN_A_ROW) taken.shift();
    },
    slow: () => taken.length === IN_A_ROW && Math.min(...taken) > FELT,
  };
}

/**
 * MapLibre has no hook before it draws, so its painter is asked in its stead; everything else of a frame goes on as
 * ever. The watch on the container's size is taken over too. `behind` is told whether the picture is older than what
 * the map knows, or still being drawn. `slow` tells whether it is pushed at all on this machine.
 */
export function keepPace(map: MapLibre, behind: (yes: boolean) => void): { slow: () => boolean; stop: () => void } {
  const { painter } = map;
  const canvas = map.getCanvas();
  const draw = painter.render;
  const watch = stopwatch(drawsInSoftware());
  let drawn: Camera | null = null;
  let drawing = 0;
  /** Asked for a picture, whatever it costs. */
  let urgent = false;
  let owed = false;
  let rested = false;
  let frames = 0;
  let [answering, finished] = [-Infinity, -Infinity];
  let timer = 0;

  /** How long the picture is still to wait (ms). */
  const wait = (moving: boolean, push: Push): number => {
    const now = performance.now();
    if (drawing > 0) return Infinity;
    const page = answering + ANSWERED - now;
    if (moving && !rested && !tooFar(push, canvas.clientWidth, canvas.clientHeight)) return Math.max(page, REST);
    return Math.max(page, map.areTilesLoaded() ? 0 : finished + PATIENCE - now);
  };
  const askAgain = (after: number): void => {
    window.clearTimeout(timer);
    if (after === Infinity) return;
    const before = frames;
    // A late frame is no rest: only when two more have brought nothing, the hand lies still.
    const later = (): void => void requestAnimationFrame(() => requestAnimationFrame(() => {
      rested = frames === before;
      if (rested) map.triggerRepaint();
    }));
    timer = window.setTimeout(later, after);
  };

  painter.render = (...frame) => {
    frames++;
    const level = map.getPitch() === 0 && drawn?.pitch === 0;
    const push = watch.slow() && !urgent && level && drawn?.pixels === pixelsOf(canvas) ? pushed(map, drawn) : null;
    const after = push ? wait(frame[2].moving, push) : 0;
    if (push && after > 0) {
      canvas.style.transform = `translate(${push.x}px, ${push.y}px) rotate(${push.turn}deg) scale(${push.scale})`;
      owed = true;
      behind(true);
      askAgain(after);
      return;
    }
    window.clearTimeout(timer);
    canvas.style.transform = '';
    [owed, rested, drawn] = [false, false, cameraOf(map)];
    drawing++;
    behind(true);
    const begun = performance.now();
    draw.apply(painter, frame);
    whenDone(painter.context.gl, () => {
      drawing--;
      finished = performance.now();
      watch.take(finished - begun);
      if (owed) map.triggerRepaint();
      else if (drawing === 0) behind(false);
    });
  };
  const redraw = map.redraw.bind(map);
  map.redraw = () => {
    urgent = true;
    redraw();
    urgent = false;
    return map;
  };

  // A new size empties the picture, so it has to be drawn in the same moment (hence `trackResize: false`).
  let sizing = 0;
  const sizeOf = ({ clientWidth, clientHeight }: HTMLElement): string => `${clientWidth} × ${clientHeight}`;
  let size = sizeOf(map.getContainer());
  const sizes = new ResizeObserver(() => {
    // The first word is about the size that the map has been made with.
    if (size === sizeOf(map.getContainer())) return;
    size = sizeOf(map.getContainer());
    window.clearTimeout(sizing);
    const page = watch.slow() && drawn ? answering + ANSWERED - performance.now() : 0;
    if (page > 0) sizing = window.setTimeout(() => map.resize(), page);
    else map.resize();
  });
  sizes.observe(map.getContainer());

  const answer = (): void => void (answering = performance.now());
  for (const input of INPUTS) window.addEventListener(input, answer, { capture: true, passive: true });
  const stop = (): void => {
    window.clearTimeout(timer);
    window.clearTimeout(sizing);
    sizes.disconnect();
    for (const input of INPUTS) window.removeEventListener(input, answer, { capture: true });
  };
  return { slow: watch.slow, stop };
}

const INPUTS = ['pointerdown', 'pointerup', 'keydown', 'click'] as const;

/** A browser says so of itself: it refuses the context. */
const drawsInSoftware = (): boolean => document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true }) === null;

const pixelsOf = ({ width, height }: HTMLCanvasElement): string => `${width} × ${height}`;

function cameraOf(map: MapLibre): Camera {
  return { center: map.getCenter(), zoom: map.getZoom(), bearing: map.getBearing(), pitch: map.getPitch(), pixels: pixelsOf(map.getCanvas()) };
}

function pushed(map: MapLibre, drawn: Camera): Push {
  const { clientWidth, clientHeight } = map.getCanvas();
  const { x, y } = map.project(drawn.center);
  return { x: x - clientWidth / 2, y: y - clientHeight / 2, scale: 2 ** (map.getZoom() - drawn.zoom), turn: drawn.bearing - map.getBearing() };
}

/** Drawing is done elsewhere and later than it is asked for; a fence tells when. */
function whenDone(gl: WebGLRenderingContext | WebGL2RenderingContext, done: () => void): void {
  const fence = 'fenceSync' in gl ? gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0) : null;
  gl.flush();
  const ask = (): void => {
    const open = fence && 'getSyncParameter' in gl && !gl.isContextLost() && gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED;
    if (open) requestAnimationFrame(ask);
    else done();
  };
  requestAnimationFrame(ask);
}
