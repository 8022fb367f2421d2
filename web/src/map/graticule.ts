/**
 * The net of meridians and parallels around the counties, every half degree and, nearer, every
 * quarter. It lies under the counties: it places them, it does not cross what is planned.
 */
import type { LayerSpecification } from 'maplibre-gl';
import type { Bounds } from '../api/types';
import { FONTS, NEIGHBOUR_INK } from './palette';
import { get, overZoom, type Drawn } from './recipe';

const STEP = 0.25;
/** How far beyond the atlas the net reaches, in degrees. */
const REACH = 3;

export function graticuleLines([west, south, east, north]: Bounds): GeoJSON.FeatureCollection {
  const from = (degrees: number): number => Math.floor((degrees - REACH) / STEP);
  const to = (degrees: number): number => Math.ceil((degrees + REACH) / STEP);
  const features: GeoJSON.Feature[] = [];
  const add = (index: number, letter: string, line: GeoJSON.Position[]): void => {
    const half = index % 2 === 0;
    features.push({ type: 'Feature', geometry: { type: 'LineString', coordinates: line }, properties: { half, label: degrees(index * STEP) + letter } });
  };
  for (let i = from(west); i <= to(east); i++) add(i, 'E', [[i * STEP, from(south) * STEP], [i * STEP, to(north) * STEP]]);
  for (let i = from(south); i <= to(north); i++) add(i, 'N', [[from(west) * STEP, i * STEP], [to(east) * STEP, i * STEP]]);
  return { type: 'FeatureCollection', features };
}

/** 109.25 → 109°15′ */
function degrees(value: number): string {
  const minutes = Math.round((value % 1) * 60);
  return `${Math.floor(value)}°${minutes ? `${minutes}′` : ''}`;
}

export function graticule(): Drawn[] {
  const net = (id: string, half: boolean, minzoom: number): Drawn => ({
    slot: 'graticule',
    spec: {
      id: `graticule/${id}`, type: 'line', source: 'graticule', minzoom, filter: ['==', get('half'), half],
      paint: { 'line-color': NEIGHBOUR_INK, 'line-width': 0.6, 'line-opacity': overZoom(minzoom, 0, minzoom + 0.6, 0.38) },
    },
  });
  return [
    net('half', true, 6.5),
    net('quarter', false, 8.8),
    {
      slot: 'graticule',
      spec: {
        id: 'graticule/name', type: 'symbol', source: 'graticule', minzoom: 7.4, filter: ['==', get('half'), true],
        layout: {
          'symbol-placement': 'line', 'symbol-spacing': 420, 'text-field': get('label'), 'text-font': FONTS.serif, 'text-size': 10,
          'text-offset': [0, -0.7], 'text-padding': 30,
        },
        paint: { 'text-color': NEIGHBOUR_INK, 'text-opacity': 0.85 },
      } as LayerSpecification,
    },
  ];
}
