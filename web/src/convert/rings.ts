/** What can be told of rings: which way they run, what lies in them, whether they cross themselves. */
export type Ring = GeoJSON.Position[];

const X = 0;
const Y = 1;
const at = (position: GeoJSON.Position | undefined, axis: 0 | 1): number => position?.[axis] ?? NaN;

/** Twice the area in the plane; positive counter-clockwise. Counted from the first vertex, for the sake of small rings far out. */
export function signedArea(ring: Ring): number {
  const x0 = at(ring[0], X);
  const y0 = at(ring[0], Y);
  let sum = 0;
  for (let i = 1; i < ring.length - 1; i++) {
    sum += (at(ring[i], X) - x0) * (at(ring[i + 1], Y) - y0) - (at(ring[i + 1], X) - x0) * (at(ring[i], Y) - y0);
  }
  return sum;
}

export function contains(ring: Ring, point: GeoJSON.Position): boolean {
  const [x = NaN, y = NaN] = point;
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi, xj, yj] = [at(ring[i], X), at(ring[i], Y), at(ring[j], X), at(ring[j], Y)];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

export const isClosed = (ring: Ring): boolean => {
  const last = ring.length - 1;
  return at(ring[0], X) === at(ring[last], X) && at(ring[0], Y) === at(ring[last], Y);
};

/** RFC 7946: outer rings counter-clockwise, holes clockwise. */
export const wound = (ring: Ring, outer: boolean): Ring => (signedArea(ring) > 0 === outer ? ring : [...ring].reverse());

interface Segment {
  x0: number; y0: number; x1: number; y1: number;
  left: number; right: number;
}

/**
 * Whether any two edges of a polygon cut through one another. Touching is no crossing. Edges are swept from
 * the left; each is compared with those that begin before it ends.
 */
export function crosses(rings: readonly Ring[]): boolean {
  const segments = rings.flatMap(segmentsOf).sort((a, b) => a.left - b.left);
  for (let i = 0; i < segments.length; i++) {
    const a = segments[i];
    if (!a) continue;
    for (let j = i + 1; j < segments.length; j++) {
      const b = segments[j];
      if (!b || b.left > a.right) break;
      if (cut(a, b)) return true;
    }
  }
  return false;
}

function segmentsOf(ring: Ring): Segment[] {
  return ring.slice(1).map((end, i) => {
    const [x0, y0, x1, y1] = [at(ring[i], X), at(ring[i], Y), at(end, X), at(end, Y)];
    return { x0, y0, x1, y1, left: Math.min(x0, x1), right: Math.max(x0, x1) };
  });
}

function cut(a: Segment, b: Segment): boolean {
  if (Math.max(a.y0, a.y1) < Math.min(b.y0, b.y1) || Math.max(b.y0, b.y1) < Math.min(a.y0, a.y1)) return false;
  return side(a, b.x0, b.y0) * side(a, b.x1, b.y1) < 0 && side(b, a.x0, a.y0) * side(b, a.x1, a.y1) < 0;
}

const side = ({ x0, y0, x1, y1 }: Segment, x: number, y: number): number => (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0);
