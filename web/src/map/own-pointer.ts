/**
 * The pointer on own layers. A symbol of the atlas lies above lines and areas of one's own and keeps the
 * click; an own point keeps it from everything. What the atlas has at that spot is told along, since an own
 * area may cover it.
 */
import { effect, type ReadonlySignal } from '@preact/signals';
import type { Map as MapLibre, MapGeoJSONFeature, PointLike } from 'maplibre-gl';
import type { OwnFeature } from '../state/mine';
import type { MapPlace, Store } from '../state/store';
import { isOwnHit, isOwnMark, OWN_SOURCE_LAYER, ownIdOf, ownSource } from './own';

const REACH = 5;
/** Of a cluster that never falls apart, so many are offered. */
const OFFERED = 50;

export function ownUnder(map: MapLibre, store: Store, { x, y }: { x: number; y: number }): MapGeoJSONFeature[] {
  if (!store.mine.layers.peek().some(({ visible }) => visible)) return [];
  const layers = map.getStyle().layers.map(({ id }) => id).filter(isOwnHit);
  if (layers.length === 0) return [];
  const around: [PointLike, PointLike] = [[x - REACH, y - REACH], [x + REACH, y + REACH]];
  const near = map.queryRenderedFeatures(around, { layers });
  const exact = map.queryRenderedFeatures([x, y], { layers: layers.filter((id) => id.endsWith('fill')) }).map(keyOf);
  return near.filter((feature) => feature.layer.type !== 'fill' || exact.includes(keyOf(feature)));
}

const keyOf = (feature: MapGeoJSONFeature): string => `${feature.source} ${String(feature.properties['i'])}`;

/** Takes the click if it is meant for an own layer. */
export function clickOwn(map: MapLibre, store: Store, point: { x: number; y: number }, atlas: { places: readonly MapPlace[]; onSymbol: boolean }): boolean {
  const under = ownUnder(map, store, point);
  const top = under[0];
  if (!top || (atlas.onSymbol && !isOwnMark(top.layer.id))) {
    store.mine.chosen.value = null;
    return false;
  }
  store.hover.value = null;
  store.chooser.value = null;
  const layer = ownIdOf(top.layer.id) ?? '';
  const cluster: unknown = top.properties['cluster_id'];
  if (typeof cluster === 'number') {
    void openCluster(map, store, layer, cluster, top);
    return true;
  }
  choose(store, under, atlas.places);
  return true;
}

function choose(store: Store, under: readonly MapGeoJSONFeature[], places: readonly MapPlace[]): void {
  const here = new Map<string, OwnFeature>();
  for (const feature of under) {
    if (typeof feature.properties['i'] === 'number') here.set(keyOf(feature), { layer: ownIdOf(feature.layer.id) ?? '', feature: feature.properties['i'] });
  }
  const all = [...here.values()];
  const [first] = all;
  if (first) open(store, { ...first, here: all, places });
}

function open(store: Store, chosen: NonNullable<Store['mine']['chosen']['value']>): void {
  store.select({ type: 'clear' });
  store.drawer.value = 'mine';
  store.layersOpen.value = true;
  store.mine.chosen.value = chosen;
}

async function openCluster(map: MapLibre, store: Store, layer: string, cluster: number, feature: MapGeoJSONFeature): Promise<void> {
  const own = store.mine.byId.peek().get(layer);
  if (!own || feature.geometry.type !== 'Point') return;
  const [lon = 0, lat = 0] = feature.geometry.coordinates;
  const zoom = await own.expansion(cluster);
  if (zoom <= map.getMaxZoom() && zoom > map.getZoom()) {
    map.easeTo({ center: [lon, lat], zoom, animate: !window.matchMedia('(prefers-reduced-motion: reduce)').matches });
    return;
  }
  const members = (await own.members(cluster, OFFERED)).map((number) => ({ layer, feature: number }));
  if (members[0]) open(store, { ...members[0], here: members, places: [] });
}

/** Marks the chosen feature; points are ringed by the style (`own-spots`). `styled` as for `litStates`. */
export function litOwn(map: MapLibre, store: Store, styled: ReadonlySignal<number>): () => void {
  let before: { source: string; sourceLayer: string; id: number } | null = null;
  return effect(() => {
    const chosen = store.mine.chosen.value;
    void styled.value;
    if (before && map.getSource(before.source)) map.removeFeatureState(before, 'chosen');
    before = chosen && { source: ownSource(chosen.layer), sourceLayer: OWN_SOURCE_LAYER, id: chosen.feature };
    if (before && map.getSource(before.source)) map.setFeatureState(before, { chosen: true });
  });
}
