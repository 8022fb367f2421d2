/**
 * Layers that the reader has brought along, as MapLibre draws them. They are never to be mistaken for the
 * atlas: lines and borders are dashed on a light casing, points have a dark ring around a light one. Many
 * points are drawn in clusters, which say how many they stand for.
 */
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { LonLat } from '../api/types';
import type { OwnLayer } from '../state/mine';
import { AS_IN_LEGEND } from './night';
import { FONTS, HALO, INK, SEAL } from './palette';
import { AREAS, both, get, LINES, not, overZoom, POINTS, state, type Drawn } from './recipe';

export const OWN_PROTOCOL = 'own';
const MAX_ZOOM = 14;
/** Of the tiles, as `convert/tiles.ts` names it. */
export const OWN_SOURCE_LAYER = 'own';

export const ownSource = (id: string): string => `own:${id}`;
/** The own layer that a drawn layer belongs to; `null` for all others. */
export const ownIdOf = (drawn: string): string | null => /^own:(.+)\/[^/]+$/.exec(drawn)?.[1] ?? null;
/** Parts that answer to the pointer. */
export const isOwnHit = (drawn: string): boolean => /^own:.+\/(own-fill|own-line|own-dot|own-cluster)$/.test(drawn);
export const isOwnMark = (drawn: string): boolean => /\/(own-dot|own-cluster)$/.test(drawn);

export function ownSources(layers: readonly OwnLayer[], spots: readonly LonLat[]): Record<string, SourceSpecification> {
  return {
    ...Object.fromEntries(layers.filter(({ visible }) => visible).map(({ id, revision, bounds }): [string, SourceSpecification] => [ownSource(id), {
      type: 'vector', tiles: [`${OWN_PROTOCOL}://${id}/${revision}/{z}/{x}/{y}`], maxzoom: MAX_ZOOM, promoteId: 'i', bounds,
    }])),
    'own-spots': { type: 'geojson', data: { type: 'Feature', properties: {}, geometry: { type: 'MultiPoint', coordinates: [...spots] } } },
  };
}

export const ownLayers = (layers: readonly OwnLayer[]): Drawn[] =>
  [...layers.filter(({ visible }) => visible).flatMap(drawnOf), ...(layers.length ? [spotRing] : [])];

function drawnOf({ id, color, geometry, made }: OwnLayer): Drawn[] {
  const base = { source: ownSource(id), 'source-layer': OWN_SOURCE_LAYER };
  const legend = { metadata: { [AS_IN_LEGEND]: true } };
  const part = (name: string): string => `own:${id}/${name}`;
  const has = (family: OwnLayer['geometry']): boolean => geometry === family || geometry === 'mixed';
  const chosen = state('chosen');
  const casing = (name: string, filter: typeof AREAS, width: number): Drawn => ({
    slot: 'own-line',
    spec: {
      id: part(name), type: 'line', ...base, filter, layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': ['case', chosen, SEAL, '#fffaf0'], 'line-width': ['case', chosen, width + 2, width], 'line-opacity': 0.9 },
    },
  });
  const stroke = (name: string, filter: typeof AREAS, width: number): Drawn => ({
    slot: 'own-line',
    spec: {
      id: part(name), type: 'line', ...base, ...legend, filter, layout: { 'line-join': 'round' },
      paint: { 'line-color': color, 'line-width': overZoom(7, width * 0.7, 12, width), 'line-dasharray': [3, 1.3] },
    },
  });
  return [
    ...(has('polygon') ? [
      {
        slot: 'own-area',
        spec: { id: part('own-fill'), type: 'fill', ...base, ...legend, filter: AREAS, paint: { 'fill-color': color, 'fill-opacity': ['case', chosen, 0.3, 0.16], 'fill-antialias': false } },
      } as Drawn,
      casing('own-border-casing', AREAS, 4.5), stroke('own-border', AREAS, 2.2),
    ] : []),
    ...(has('line') ? [casing('own-line-casing', LINES, 5), stroke('own-line', LINES, 2.8)] : []),
    ...(has('point') ? points({ id, color, clustered: made.clustered, named: made.named }) : []),
  ];
}

function points({ id, color, clustered, named }: { id: string; color: string; clustered: boolean; named: boolean }): Drawn[] {
  const base = { source: ownSource(id), 'source-layer': OWN_SOURCE_LAYER };
  const legend = { metadata: { [AS_IN_LEGEND]: true } };
  const part = (name: string): string => `own:${id}/${name}`;
  const alone = clustered ? both(POINTS, not(['has', 'point_count'])) : POINTS;
  const mark = (spec: object): Drawn => ({ slot: 'own-mark', spec: { ...base, ...spec } as LayerSpecification });
  return [
    mark({
      id: part('own-ring'), type: 'circle', filter: alone,
      paint: { 'circle-radius': overZoom(7, 5, 12, 7.4), 'circle-color': INK, 'circle-pitch-alignment': 'map' },
    }),
    mark({
      id: part('own-dot'), type: 'circle', filter: alone, ...legend,
      paint: { 'circle-radius': overZoom(7, 2.6, 12, 4.4), 'circle-color': color, 'circle-stroke-color': '#ffffff', 'circle-stroke-width': overZoom(7, 1.4, 12, 1.9) },
    }),
    ...(clustered ? [
      mark({
        id: part('own-cluster'), type: 'circle', filter: ['has', 'point_count'], ...legend,
        paint: { 'circle-radius': CLUSTER_RADIUS, 'circle-color': color, 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 2 },
      }),
      mark({
        id: part('own-count'), type: 'symbol', filter: ['has', 'point_count'], ...legend,
        layout: {
          'text-field': ['to-string', get('point_count_abbreviated')], 'text-font': FONTS.sans, 'text-size': 11,
          'text-allow-overlap': true, 'text-ignore-placement': true, 'text-padding': 0,
        },
        paint: { 'text-color': '#ffffff' },
      }),
    ] : []),
    ...(named ? [mark({
      id: part('own-name'), type: 'symbol', filter: both(alone, ['has', 'n']), minzoom: 9,
      layout: {
        'text-field': get('n'), 'text-font': FONTS.sans, 'text-size': overZoom(9, 10.5, 13, 12.5), 'text-max-width': 9, 'text-padding': 2,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 0.9, 'text-justify': 'auto',
      },
      paint: { 'text-color': INK, 'text-halo-color': HALO, 'text-halo-width': 1.6 },
    })] : []),
  ];
}

const CLUSTER_RADIUS = ['step', get('point_count'), 10, 100, 13, 1000, 16, 10000, 19];

const spotRing: Drawn = {
  slot: 'lit-mark',
  spec: {
    id: 'own-spots/ring', type: 'circle', source: 'own-spots',
    paint: { 'circle-radius': 11, 'circle-opacity': 0, 'circle-stroke-color': SEAL, 'circle-stroke-width': 2.6 },
  },
};
