/**
 * Symbols and hatchings, drawn on a canvas when a style first names them:
 *
 *     mark|star|#b8331f|solid    ring|#a6301f|shown    hatch|#a99a80
 *
 * The name says all; there is no sprite to ship and a new class needs no new picture. By night
 * (`night-mark|…`) symbols stand on dark paper.
 */
import type { Map as MapLibre } from 'maplibre-gl';
import { nightOf } from '../state/night';
import { NIGHT_IMAGE } from './night';
import { HALO, SYMBOL_PAPER } from './palette';

const RATIO = 3;

export function supplyImages(map: MapLibre): void {
  map.setMissingStyleImageResolver((id) => {
    if (map.hasImage(id)) return;
    const [name = '', ...rest] = id.split('|');
    const byNight = name.startsWith(NIGHT_IMAGE);
    const kind = byNight ? name.slice(NIGHT_IMAGE.length) : name;
    const on = byNight ? { rim: nightOf(HALO), paper: nightOf(SYMBOL_PAPER) } : { rim: HALO, paper: SYMBOL_PAPER };
    const image =
      kind === 'mark' ? mark(rest[0] ?? 'circle', rest[1] ?? '#000000', rest[2] === 'solid', on)
      : kind === 'ring' ? ring(rest[0] ?? '#000000', rest[1] === 'shown', on)
      : kind === 'hatch' ? hatch(rest[0] ?? '#000000')
      : null;
    if (image) map.addImage(id, image, { pixelRatio: RATIO });
  });
}

function canvas(pixels: number): CanvasRenderingContext2D {
  const element = document.createElement('canvas');
  element.width = element.height = pixels * RATIO;
  const context = element.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('this browser draws no 2D canvas');
  context.scale(RATIO, RATIO);
  return context;
}

const pixelsOf = (context: CanvasRenderingContext2D): ImageData =>
  context.getImageData(0, 0, context.canvas.width, context.canvas.height);

/** Corner points of the shapes in a square of ±1; a circle has none. */
const SHAPES: Record<string, readonly (readonly [number, number])[]> = {
  square: [[-0.78, -0.78], [0.78, -0.78], [0.78, 0.78], [-0.78, 0.78]],
  diamond: [[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]],
  triangle: [[0, -1.05], [1.02, 0.8], [-1.02, 0.8]],
  star: Array.from({ length: 10 }, (_, i) => {
    const radius = i % 2 === 0 ? 1.35 : 0.56;
    const angle = (i / 10) * 2 * Math.PI - Math.PI / 2;
    return [Math.cos(angle) * radius, Math.sin(angle) * radius] as const;
  }),
  cross: [
    [-0.36, -1], [0.36, -1], [0.36, -0.36], [1, -0.36], [1, 0.36], [0.36, 0.36],
    [0.36, 1], [-0.36, 1], [-0.36, 0.36], [-1, 0.36], [-1, -0.36], [-0.36, -0.36],
  ],
};

/** What a symbol is drawn on. */
interface Beneath {
  rim: string;
  paper: string;
}

/** A paper rim keeps symbols apart from the ground and from one another. */
function mark(shape: string, color: string, solid: boolean, { rim, paper }: Beneath): ImageData {
  const size = 22;
  const context = canvas(size);
  context.translate(size / 2, size / 2);
  context.lineJoin = 'round';
  const path = new Path2D();
  const corners = SHAPES[shape];
  const radius = 6;
  if (corners) {
    corners.forEach(([x, y], i) => path[i === 0 ? 'moveTo' : 'lineTo'](x * radius, y * radius));
    path.closePath();
  } else {
    path.arc(0, 0, radius * 0.86, 0, 2 * Math.PI);
  }
  context.strokeStyle = rim;
  context.lineWidth = 4;
  context.stroke(path);
  context.fillStyle = solid && shape !== 'ring' ? color : paper;
  context.fill(path);
  context.strokeStyle = color;
  context.lineWidth = solid ? 1 : 1.7;
  context.stroke(path);
  if (shape === 'ring') {
    context.beginPath();
    context.arc(0, 0, 2, 0, 2 * Math.PI);
    context.fillStyle = color;
    context.fill();
  }
  return pixelsOf(context);
}

function ring(color: string, strong: boolean, { paper }: Beneath): ImageData {
  const size = 36;
  const context = canvas(size);
  const circle = (width: number, style: string): void => {
    context.beginPath();
    context.arc(size / 2, size / 2, 12, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = style;
    context.stroke();
  };
  circle(strong ? 6 : 5, paper);
  circle(strong ? 2.8 : 2, color);
  return pixelsOf(context);
}

/** One diagonal hairline per tile of the pattern; it continues in the next one. */
function hatch(color: string): ImageData {
  const size = 7;
  const context = canvas(size);
  context.strokeStyle = color;
  context.lineWidth = 0.7;
  context.beginPath();
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift, size);
    context.lineTo(shift + size, 0);
  }
  context.stroke();
  return pixelsOf(context);
}
