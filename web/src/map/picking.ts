/**
 * What lies under a pixel: places, topmost first, each once. Symbols beat lines, lines beat areas,
 * and a county counts only where nothing smaller lies: whoever clicks means the smallest thing.
 */
import type { Map as MapLibre, MapGeoJSONFeature, Point } from 'maplibre-gl';
import type { Accuracy } from '../api/types';
import type { MapPlace } from '../state/store';
import { STACK } from './marks';
import { layerOf } from './recipe';

const TOUCH = 6;
const COUNTY_RANK = 6;
const PARTS = /\/(fill|theme-fill|theme-line|theme-mark|band|line|line-schematic|mark|mark-name|fanned|fanned-name)$/;

export interface Picked {
  places: MapPlace[];
  /** Ids of a numbered stack that was hit; only the first of them is drawn. */
  stack: string[] | null;
  /** What lies topmost is a symbol. */
  onSymbol: boolean;
  /** The point is on one symbol and no other: nothing else can be meant. */
  onlySymbol: boolean;
}

export function pickAt(map: MapLibre, point: Point, reach = TOUCH): Picked {
  const layers = map.getStyle().layers.map((layer) => layer.id).filter((id) => PARTS.test(id) || id === STACK);
  const near = map.queryRenderedFeatures(
    [[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]], { layers },
  );
  const exact = new Set(map.queryRenderedFeatures(point, { layers }).map((feature) => `${feature.layer.id} ${String(feature.properties['id'])}`));
  const stack = near.find((feature) => feature.layer.id === STACK);
  const seen = new Map<string, { rank: number; place: MapPlace }>();
  for (const feature of near) {
    if (feature.layer.id === STACK) continue;
    const area = feature.layer.type === 'fill' || isBand(feature);
    const id = String(feature.properties['id']);
    const hit = exact.has(`${feature.layer.id} ${id}`);
    if (area && !hit) continue;
    const rank = rankOf(feature) + (hit ? 0 : 0.5);
    const known = seen.get(id);
    if (!known || rank < known.rank) seen.set(id, { rank, place: placeOf(feature) });
  }
  const sorted = [...seen.values()].sort((a, b) => a.rank - b.rank);
  return {
    places: sorted.filter(({ rank }, i) => i === 0 || rank < COUNTY_RANK).map(({ place }) => place),
    onSymbol: sorted[0]?.rank === 0,
    onlySymbol: sorted.filter(({ rank }) => rank === 0).length === 1,
    stack: stack ? String(stack.properties['ids']).split(' ') : null,
  };
}

const isBand = (feature: MapGeoJSONFeature): boolean => feature.layer.id.endsWith('/band');

function rankOf(feature: MapGeoJSONFeature): number {
  if (feature.layer.type === 'symbol') return 0;
  if (feature.layer.type === 'line') return isBand(feature) ? 5 : 2;
  const kind = String(feature.properties['kind']);
  return kind === 'county' ? COUNTY_RANK : kind === 'neighbour-county' ? COUNTY_RANK + 1 : 4;
}

function placeOf(feature: MapGeoJSONFeature): MapPlace {
  const text = (key: string): string | null => (feature.properties[key] ? String(feature.properties[key]) : null);
  return {
    id: String(feature.properties['id']),
    name: text('name') ?? String(feature.properties['id']),
    name_en: text('name_en'),
    kind: text('kind') ?? '',
    accuracy: text('accuracy') as Accuracy | null,
    layer: layerOf(feature.layer.id),
  };
}
