/**
 * What a table or a question has found stands out: found areas are tinted and outlined, found lines
 * thickened, found points ringed, and the rest of the themes fades. A layer that is hidden shows what was
 * found in it and nothing else. Outline and ring tell it without any colour.
 */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Layer } from '../api/types';
import type { Crowd } from './crowd';
import { FOUND, INK, SYMBOL_PAPER } from './palette';
import { AREAL_KINDS, AREAS, both, castOf, get, LINES, not, overZoom, POINTS, type Cast, type Drawn } from './recipe';
import { FAN_ZOOM } from '../state/stacks';

/** What is left of the strength of everything else, and of the numbers on stacks, which count found and others alike. */
const FADED = 0.25;
const FADED_NUMBER = 0.5;
const RING = `ring|${INK}|shown`;

const isOneOf = (ids: readonly string[]): ExpressionSpecification =>
  (ids.length > 0 ? ['match', get('id'), [...ids], true, false] : ['literal', false]) as ExpressionSpecification;

/** The found places of a layer; all that were found where its places are not known, `null` where nothing is sought. */
function foundIn(found: ReadonlySet<string> | null, members: readonly string[] | undefined): string[] | null {
  return found && (members ? members.filter((id) => found.has(id)) : [...found]);
}

/**
 * Which layer shows what of the found places: a visible one all that it holds, a hidden one only what no visible one
 * shows already, nor another hidden one before it, so that nothing has two names.
 */
export function sharedOut(
  found: ReadonlySet<string> | null, visible: readonly string[], hidden: readonly string[], members: Readonly<Record<string, readonly string[]>>,
): Map<string, string[] | null> {
  const seen = new Set(visible.flatMap((id) => members[id] ?? []));
  const ofLayer = new Map(visible.map((id) => [id, foundIn(found, members[id])]));
  for (const id of hidden) {
    const more = foundIn(found, members[id])?.filter((one) => !seen.has(one)) ?? null;
    // Of a layer whose places are not known, all that was found is tried; others may hold it too.
    if (members[id]) for (const one of more ?? []) seen.add(one);
    ofLayer.set(id, more);
  }
  return ofLayer;
}

/** A layer among what was found. `casts` are the base layers of the atlas, which alone draw counties and townships. */
export function withFound(
  layer: Layer, ids: readonly string[] | null, visible: boolean, casts: readonly Cast[], crowd: Crowd, draw: () => Drawn[],
): Drawn[] {
  if (!ids) return visible ? draw() : [];
  const found = isOneOf(ids);
  const drawn = !visible ? onlyFound(ids.length > 0 ? draw() : [], found) : castOf(layer) === 'theme' ? draw().map((one) => faded(one, found, FADED)) : draw();
  return ids.length > 0 ? [...drawn, ...emphasis(layer, found, casts, crowd)] : drawn;
}

const onlyFound = (drawn: readonly Drawn[], found: ExpressionSpecification): Drawn[] =>
  drawn.map(({ slot, spec }) => {
    const { filter } = spec as { filter?: ExpressionSpecification };
    return { slot, spec: { ...spec, filter: filter ? both(filter, found) : found } as LayerSpecification };
  });

const OPACITIES: Partial<Record<LayerSpecification['type'], readonly string[]>> = {
  fill: ['fill-opacity'], line: ['line-opacity'], symbol: ['icon-opacity', 'text-opacity'], circle: ['circle-opacity', 'circle-stroke-opacity'],
};

/** Names of areas stay: they place everything else. */
function faded({ slot, spec }: Drawn, found: ExpressionSpecification, share: number): Drawn {
  if (slot === 'label-area') return { slot, spec };
  const paint: Record<string, unknown> = { ...spec.paint };
  for (const name of OPACITIES[spec.type] ?? []) paint[name] = weakened(paint[name] ?? 1, found, share);
  return { slot, spec: { ...spec, paint } as LayerSpecification };
}

/** An expression of the zoom may stand outermost only, so the case goes into its outputs. */
function weakened(value: unknown, found: ExpressionSpecification, share: number): unknown {
  if (Array.isArray(value) && (value[0] === 'interpolate' || value[0] === 'step')) {
    const first = value[0] === 'interpolate' ? 4 : 2;
    return value.map((part, i) => (i >= first && (i - first) % 2 === 0 ? weakened(part, found, share) : part));
  }
  return ['case', found, value, typeof value === 'number' ? value * share : ['*', share, value]];
}

export const behindFound = (crowd: readonly Drawn[]): Drawn[] => crowd.map((one) => faded(one, isOneOf([]), FADED_NUMBER));

function emphasis(layer: Layer, found: ExpressionSpecification, casts: readonly Cast[], crowd: Crowd): Drawn[] {
  const cast = castOf(layer);
  const base = { source: layer.id, 'source-layer': layer.id } as const;
  const elsewhere = AREAL_KINDS.filter((kind) => casts.includes(kind === 'neighbour-county' ? 'neighbour' : (kind as Cast)));
  const areas = cast === 'theme' ? both(AREAS, found, not(['in', get('kind'), ['literal', elsewhere]])) : both(AREAS, found);
  const points = both(POINTS, found);
  const lines = both(LINES, found);
  const round = { 'line-join': 'round', 'line-cap': 'round' };
  const drawn = (slot: Drawn['slot'], part: string, spec: object): Drawn => ({ slot, spec: { id: `${layer.id}/found-${part}`, ...base, ...spec } as LayerSpecification });
  return [
    ...(cast === 'county' || cast === 'neighbour' ? [] : [
      drawn('found-area', 'tint', { type: 'fill', filter: areas, paint: { 'fill-color': FOUND, 'fill-opacity': 0.34, 'fill-antialias': false } }),
    ]),
    drawn('found-area', 'casing', { type: 'line', filter: areas, layout: round, paint: { 'line-color': SYMBOL_PAPER, 'line-width': 5.5, 'line-opacity': 0.85 } }),
    drawn('found-area', 'outline', { type: 'line', filter: areas, layout: round, paint: { 'line-color': INK, 'line-width': overZoom(7, 1.8, 11, 2.6) } }),
    drawn('found-area', 'line-casing', { type: 'line', filter: lines, layout: round, paint: { 'line-color': INK, 'line-width': overZoom(7, 4.5, 12, 8), 'line-opacity': 0.9 } }),
    drawn('found-area', 'line', { type: 'line', filter: lines, layout: round, paint: { 'line-color': FOUND, 'line-width': overZoom(7, 2.5, 12, 5) } }),
    drawn('found-area', 'disc', {
      type: 'circle', filter: both(points, not(crowd.fanned)),
      paint: { 'circle-radius': overZoom(6, 8, 9, 10, 12, 13), 'circle-color': FOUND, 'circle-opacity': 0.55 },
    }),
    ring('ring', 0, both(points, not(crowd.fanned)), {}),
    ring('ring-fanned', FAN_ZOOM, both(points, crowd.fanned), { 'icon-offset': crowd.offset }),
  ];

  function ring(part: string, minzoom: number, filter: ExpressionSpecification, place: object): Drawn {
    return drawn('found-mark', part, {
      type: 'symbol', minzoom, filter,
      layout: { 'icon-image': RING, 'icon-size': overZoom(6, 0.6, 9, 0.78, 12, 1), 'icon-allow-overlap': true, 'icon-ignore-placement': true, ...place },
    });
  }
}
