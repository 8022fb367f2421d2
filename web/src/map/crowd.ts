/**
 * The stacks and fans of `state/stacks.ts` as MapLibre expressions and as the features of the
 * `crowd` source. One crowd spans all visible point layers: a clinic may cover a park.
 */
import type { ExpressionSpecification } from 'maplibre-gl';
import { coincident, CROWD_ZOOMS, crowdingAt, fan, fanRadius, type Crowding, type Standing } from '../state/stacks';
import { get } from './recipe';

export interface Crowd {
  /** True for what is fanned out at the present zoom. */
  fanned: ExpressionSpecification;
  /** True for what is not drawn at its own spot: the fanned, and all of a stack but its first. */
  crowded: ExpressionSpecification;
  /** Where each fanned symbol and its name stand around their spot. */
  offset: ExpressionSpecification;
  anchor: ExpressionSpecification;
  textOffset: ExpressionSpecification;
  /** Ids in groups of at most so many. */
  inGroupsOf: (atMost: number) => string[];
  features: GeoJSON.FeatureCollection<GeoJSON.Point>;
}

/** Features of the `crowd` source that belong to the present zoom; `z` is the whole zoom they are planned for. */
export const OF_THIS_ZOOM: ExpressionSpecification = [
  '==', get('z'), ['min', CROWD_ZOOMS[CROWD_ZOOMS.length - 1] ?? 0, ['max', CROWD_ZOOMS[0], ['floor', ['zoom']]]],
];

export function crowdOf(places: readonly Standing[]): Crowd {
  const groups = coincident(places);
  const offsets = new Map(groups.flatMap(({ ids }) => fan(ids.length).map((offset, i) => [ids[i] ?? '', offset] as const)));
  const plans = CROWD_ZOOMS.map((zoom) => ({ zoom, ...crowdingAt(places, zoom) }));

  const perZoom = (ids: (plan: Crowding) => string[]): ExpressionSpecification => {
    const [first, ...later] = plans.map((plan) => [plan.zoom, ['in', get('id'), ['literal', ids(plan)]]] as const);
    return ['step', ['zoom'], first?.[1] ?? false, ...later.flat()] as unknown as ExpressionSpecification;
  };
  const perPlace = (value: (x: number, y: number) => unknown, otherwise: unknown): ExpressionSpecification =>
    (offsets.size === 0
      ? otherwise
      : ['match', get('id'), ...[...offsets].flatMap(([id, [x, y]]) => [id, value(x, y)]), otherwise]) as ExpressionSpecification;

  const idsOf = (stacks: readonly { ids: string[] }[]): string[] => stacks.flatMap(({ ids }) => ids);
  return {
    fanned: perZoom(({ fans }) => idsOf(fans)),
    crowded: perZoom(({ stacks, fans }) => [...stacks.flatMap(({ ids }) => ids.slice(1)), ...idsOf(fans)]),
    offset: perPlace((x, y) => ['literal', [x, y]], ['literal', [0, 0]]),
    anchor: perPlace((x, y) => (Math.abs(x) < 4 ? (y < 0 ? 'bottom' : 'top') : x > 0 ? 'left' : 'right'), 'center'),
    textOffset: perPlace((x, y) => ['literal', besideSymbol(x, y)], ['literal', [0, 0]]),
    inGroupsOf: (atMost) => idsOf(groups.filter(({ ids }) => ids.length <= atMost)),
    features: {
      type: 'FeatureCollection',
      features: plans.flatMap(({ zoom, stacks, fans }) => [
        ...stacks.map(({ point, ids }) => feature(point, { z: zoom, fan: false, count: ids.length, ids: ids.join(' ') })),
        ...fans.map(({ point, ids }) => feature(point, { z: zoom, fan: true, radius: fanRadius(ids.length) })),
      ]),
    },
  };
}

/** In ems of the label's size: past the symbol, on its outer side. */
function besideSymbol(x: number, y: number): [number, number] {
  const em = 12;
  if (Math.abs(x) < 4) return [0, y / em + (y < 0 ? -1.05 : 1.05)];
  return [x / em + (x > 0 ? 1.1 : -1.1), y / em];
}

function feature(point: [number, number], properties: GeoJSON.GeoJsonProperties): GeoJSON.Feature<GeoJSON.Point> {
  return { type: 'Feature', geometry: { type: 'Point', coordinates: point }, properties };
}
