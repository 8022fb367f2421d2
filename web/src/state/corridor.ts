/**
 * The edge of a corridor: all positions that lie exactly `metres` from a line, as lines of their own.
 * For drawing only; the server tells by exact distance what lies in the corridor.
 */
import type { LonLat } from '../api/types';
import { direct, flatAround, inverse } from './geodesic';

/** A piece of outline, walked from 0 to 1. */
interface Outline {
  at: (t: number) => LonLat;
  steps: number;
}

const STEPS_OF_A_TURN = 96;
const MOST_STEPS = 300;
/** Legs no longer than this are straight in the plane around them, to a decimetre. */
const LEG = 2_500;
const HALVINGS = 8;
/** Metres by which a position of the edge may seem to lie inside. */
const SLACK = 0.5;

export function corridorEdge(line: readonly LonLat[], metres: number): LonLat[][] {
  if (!(metres > 0) || line.length < 2) return [];
  const legs = legsOf(line);
  const enough = metres - SLACK;
  const isEdge = (point: LonLat): boolean => legs.every(([a, b]) => distance(point, a, b) >= enough);
  return outlines(line, metres).flatMap((outline) => runs(outline, isEdge));
}

type Leg = readonly [LonLat, LonLat];

function legsOf(line: readonly LonLat[]): Leg[] {
  return line.slice(1).flatMap((to, i) => {
    const from = line[i] ?? to;
    const way = inverse(from, to);
    const pieces = Math.max(1, Math.ceil(way.metres / LEG));
    const stop = (n: number): LonLat => (n === pieces ? to : direct(from, way.bearing, (way.metres * n) / pieces).point);
    return Array.from({ length: pieces }, (_, n) => [stop(n), stop(n + 1)] as const);
  });
}

/** The round ends and bends, and both sides of every leg, whether or not something else covers them. */
function outlines(line: readonly LonLat[], metres: number): Outline[] {
  const turns = line.map((corner): Outline => ({ at: (t) => direct(corner, t * 360, metres).point, steps: STEPS_OF_A_TURN }));
  const sides = line.slice(1).flatMap((to, i) => {
    const from = line[i] ?? to;
    const way = inverse(from, to);
    const steps = Math.min(MOST_STEPS, Math.max(8, Math.ceil((8 * way.metres) / metres)));
    return [-90, 90].map((turn): Outline => ({
      steps,
      at: (t) => {
        const on = direct(from, way.bearing, way.metres * t);
        return direct(on.point, on.bearing + turn, metres).point;
      },
    }));
  });
  return [...turns, ...sides];
}

/** What of an outline belongs to the edge, piece by piece; where it begins and ends is found by halving. */
function runs({ at, steps }: Outline, isEdge: (point: LonLat) => boolean): LonLat[][] {
  const pieces: LonLat[][] = [];
  let piece: LonLat[] | null = null;
  for (let step = 0; step <= steps; step++) {
    const t = step / steps;
    const on = isEdge(at(t));
    if (on !== (piece !== null) && step > 0) {
      const turn = at(boundary(at, isEdge, t - 1 / steps, t, on));
      if (on) piece = [turn];
      else if (piece) {
        pieces.push([...piece, turn]);
        piece = null;
      }
    }
    if (on) (piece ??= []).push(at(t));
  }
  if (piece) pieces.push(piece);
  return pieces.filter((points) => points.length > 1);
}

function boundary(at: Outline['at'], isEdge: (point: LonLat) => boolean, from: number, to: number, edgeAtEnd: boolean): number {
  let [low, high] = [from, to];
  for (let n = 0; n < HALVINGS; n++) {
    const middle = (low + high) / 2;
    if (isEdge(at(middle)) === edgeAtEnd) high = middle;
    else low = middle;
  }
  return edgeAtEnd ? high : low;
}

/** From a point to a short leg, in the plane around the point. */
function distance(point: LonLat, from: LonLat, to: LonLat): number {
  const flat = flatAround(point);
  const [[ax, ay], [bx, by]] = [flat(from), flat(to)];
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / square));
  return Math.hypot(ax + along * dx, ay + along * dy);
}
