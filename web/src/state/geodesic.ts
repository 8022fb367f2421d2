/**
 * Lengths, directions and areas on the ellipsoid (WGS 84; CGCS2000 differs from it by less than a
 * millimetre here). Positions are longitude, latitude in degrees; results are metres, square metres
 * and degrees clockwise from north.
 *
 * Distances: T. Vincenty, "Direct and inverse solutions of geodesics on the ellipsoid with application
 * of nested equations", Survey Review XXIII, 176 (1975). Areas: the strip between an edge and the
 * latitude of the first corner, whose width is the authalic q of J. P. Snyder, "Map Projections: A Working Manual", USGS
 * Professional Paper 1395 (1987), formula 3-12, integrated along the geodesic (Gauss–Legendre).
 *
 * Made for distances up to a few thousand kilometres: it does not serve points that lie opposite one
 * another, rings around a pole, or rings across the 180th meridian.
 */
import type { LonLat } from '../api/types';

const A = 6_378_137;
const F = 1 / 298.257223563;
const B = A * (1 - F);
const E2 = F * (2 - F);
const E = Math.sqrt(E2);
/** Second eccentricity, squared. */
const EP2 = (A * A - B * B) / (B * B);

const RAD = Math.PI / 180;
const ENOUGH = 1e-13;
const ROUNDS = 100;

interface Way {
  metres: number;
  /** Direction at the start, 0–360. */
  bearing: number;
}

/** Vincenty's A and B of a geodesic whose cos² of the equatorial azimuth is given. */
function series(cos2Alpha: number): { a: number; b: number } {
  const u2 = cos2Alpha * EP2;
  return {
    a: 1 + (u2 / 16384) * (4096 + u2 * (-768 + u2 * (320 - 175 * u2))),
    b: (u2 / 1024) * (256 + u2 * (-128 + u2 * (74 - 47 * u2))),
  };
}

function deltaSigma(b: number, sinSigma: number, cosSigma: number, cos2M: number): number {
  const square = 2 * cos2M * cos2M - 1;
  return b * sinSigma * (cos2M + (b / 4) * (cosSigma * square - (b / 6) * cos2M * (4 * sinSigma * sinSigma - 3) * (4 * cos2M * cos2M - 3)));
}

const longitudeFactor = (cos2Alpha: number): number => (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha));

/** The shortest way between two positions. */
export function inverse([lon1, lat1]: LonLat, [lon2, lat2]: LonLat): Way {
  const l = (lon2 - lon1) * RAD;
  const u1 = Math.atan((1 - F) * Math.tan(lat1 * RAD));
  const u2 = Math.atan((1 - F) * Math.tan(lat2 * RAD));
  const [sinU1, cosU1, sinU2, cosU2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = l;
  for (let round = 0; round < ROUNDS; round++) {
    const [sinL, cosL] = [Math.sin(lambda), Math.cos(lambda)];
    const east = cosU2 * sinL;
    const north = cosU1 * sinU2 - sinU1 * cosU2 * cosL;
    const sinSigma = Math.hypot(east, north);
    if (sinSigma === 0) return { metres: 0, bearing: 0 };
    const cosSigma = sinU1 * sinU2 + cosU1 * cosU2 * cosL;
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (cosU1 * cosU2 * sinL) / sinSigma;
    const cos2Alpha = 1 - sinAlpha * sinAlpha;
    const cos2M = cos2Alpha === 0 ? 0 : cosSigma - (2 * sinU1 * sinU2) / cos2Alpha;
    const c = longitudeFactor(cos2Alpha);
    const before = lambda;
    lambda = l + (1 - c) * F * sinAlpha * (sigma + c * sinSigma * (cos2M + c * cosSigma * (2 * cos2M * cos2M - 1)));
    if (Math.abs(lambda - before) > ENOUGH) continue;
    const { a, b } = series(cos2Alpha);
    return { metres: B * a * (sigma - deltaSigma(b, sinSigma, cosSigma, cos2M)), bearing: turn(Math.atan2(east, north) / RAD) };
  }
  return { metres: Number.NaN, bearing: Number.NaN };
}

/** Where one arrives, and in which direction one then looks. */
export function direct([lon, lat]: LonLat, bearing: number, metres: number): { point: LonLat; bearing: number } {
  const [sinA, cosA] = [Math.sin(bearing * RAD), Math.cos(bearing * RAD)];
  const u = Math.atan((1 - F) * Math.tan(lat * RAD));
  const [sinU, cosU] = [Math.sin(u), Math.cos(u)];
  const sigma1 = Math.atan2(Math.tan(u), cosA);
  const sinAlpha = cosU * sinA;
  const cos2Alpha = 1 - sinAlpha * sinAlpha;
  const { a, b } = series(cos2Alpha);
  const first = metres / (B * a);
  let sigma = first;
  for (let round = 0; round < ROUNDS; round++) {
    const before = sigma;
    sigma = first + deltaSigma(b, Math.sin(sigma), Math.cos(sigma), Math.cos(2 * sigma1 + sigma));
    if (Math.abs(sigma - before) < ENOUGH) break;
  }
  const [sinS, cosS, cos2M] = [Math.sin(sigma), Math.cos(sigma), Math.cos(2 * sigma1 + sigma)];
  const side = sinU * sinS - cosU * cosS * cosA;
  const reached = Math.atan2(sinU * cosS + cosU * sinS * cosA, (1 - F) * Math.hypot(sinAlpha, side));
  const lambda = Math.atan2(sinS * sinA, cosU * cosS - sinU * sinS * cosA);
  const c = longitudeFactor(cos2Alpha);
  const l = lambda - (1 - c) * F * sinAlpha * (sigma + c * sinS * (cos2M + c * cosS * (2 * cos2M * cos2M - 1)));
  return { point: [lon + l / RAD, reached / RAD], bearing: turn(Math.atan2(sinAlpha, -side) / RAD) };
}

/** Abscissae and weights of four-point Gauss–Legendre quadrature on 0–1. */
const GAUSS = [
  [0.06943184420297371, 0.17392742256872692], [0.33000947820757187, 0.3260725774312731],
  [0.6699905217924281, 0.3260725774312731], [0.9305681557970263, 0.17392742256872692],
] as const;
const PIECE = 25_000;

/** The area that geodesics from point to point enclose; the last point is joined to the first. */
export function area(ring: readonly LonLat[]): number {
  let sum = 0;
  const base = authalic(ring[0]?.[1] ?? 0);
  ring.forEach((from, i) => {
    const to = ring[(i + 1) % ring.length] ?? from;
    const { metres, bearing } = inverse(from, to);
    const pieces = Math.max(1, Math.ceil(metres / PIECE));
    for (let piece = 0; piece < pieces; piece++) {
      for (const [at, weight] of GAUSS) {
        const here = direct(from, bearing, ((piece + at) / pieces) * metres);
        sum += (weight * metres / pieces) * strip(here.point[1], here.bearing, base);
      }
    }
  });
  return Math.abs(sum);
}

/** Snyder's q: what lies between the equator and a latitude, per radian and half a square of the axis. */
function authalic(lat: number): number {
  const sin = Math.sin(lat * RAD);
  return (1 - E2) * (sin / (1 - E2 * sin * sin) + Math.atanh(E * sin) / E);
}

/** Area between the latitude whose q is `base` and a metre of geodesic at this latitude with this direction. */
function strip(lat: number, bearing: number, base: number): number {
  const sin = Math.sin(lat * RAD);
  return ((A * (authalic(lat) - base)) / 2) * Math.sin(bearing * RAD) * (Math.sqrt(1 - E2 * sin * sin) / Math.cos(lat * RAD));
}

/** Metres east and north of a point, as the plane that touches the ellipsoid there has them; for what is near. */
export function flatAround([lon, lat]: LonLat): (point: LonLat) => [number, number] {
  return ([x, y]) => {
    const middle = ((y + lat) / 2) * RAD;
    const w = 1 - E2 * Math.sin(middle) ** 2;
    return [(x - lon) * RAD * (A / Math.sqrt(w)) * Math.cos(middle), (y - lat) * RAD * ((A * (1 - E2)) / w ** 1.5)];
  };
}

export function length(line: readonly LonLat[]): number {
  return line.slice(1).reduce((sum, to, i) => sum + inverse(line[i] ?? to, to).metres, 0);
}

const turn = (degrees: number): number => ((degrees % 360) + 360) % 360;
