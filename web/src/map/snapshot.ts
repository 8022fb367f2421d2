/** The map as a still picture for paper: drawn once more, finer, and copied while the drawing is still there. */
import type { Map as MapLibre } from 'maplibre-gl';
import type { Snapshot } from '../state/store';

/** About 220 dots per inch on a sheet of A4. */
const WIDTH = 2400;
const FINEST = 3;

/** `over` is the right-hand map of a curtain that hangs at `at` per cent. */
export function snapshot(map: MapLibre, over: MapLibre | null, at: number): Snapshot {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const ratio = Math.min(FINEST, Math.max(1, WIDTH / width));
  const picture = document.createElement('canvas');
  picture.width = Math.round(width * ratio);
  picture.height = Math.round(height * ratio);
  const context = picture.getContext('2d');
  if (context) {
    draw(map, ratio, (canvas) => context.drawImage(canvas, 0, 0, picture.width, picture.height));
    const from = (picture.width * at) / 100;
    if (over) {
      draw(over, ratio, (canvas) => {
        const cut = (canvas.width * at) / 100;
        context.drawImage(canvas, cut, 0, canvas.width - cut, canvas.height, from, 0, picture.width - from, picture.height);
      });
      context.fillRect(from - ratio, 0, 2 * ratio, picture.height);
    }
  }
  return { picture, width, height };
}

/** The drawing buffer is empty again as soon as the browser has had its turn, hence all in one go. */
function draw(map: MapLibre, ratio: number, copy: (canvas: HTMLCanvasElement) => void): void {
  const before = map.getPixelRatio();
  map.setPixelRatio(ratio);
  map.redraw();
  copy(map.getCanvas());
  map.setPixelRatio(before);
}
