/**
 * The whole map style as a pure function of the atlas and the reader's choices. Whatever changes,
 * the style is composed anew and MapLibre applies the difference; no code reaches into the map to
 * switch a layer.
 */
import type { SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { Atlas, Layer, LonLat, PlaceRef } from '../api/types';
import type { Language } from '../state/language';
import { effectiveChoice, isVisible, type LayerChoice } from '../state/layers';
import type { OwnLayer } from '../state/mine';
import type { Reach } from '../state/reach';
import type { Thematic } from '../state/theme';
import { areas, litArea } from './areas';
import type { Crowd } from './crowd';
import type { FallbackFaces } from './fonts';
import { enlarged } from './enlarge';
import { behindFound, sharedOut, withFound } from './found';
import { onGround, type Ground } from './ground';
import { ownLayers, ownSources } from './own';
import { themeLayers, underTheme } from './theme';
import { graticule, graticuleLines } from './graticule';
import { areaLabels, lineLabels } from './labels';
import { lines, litLine } from './lines';
import { crowdMarks, litMarks, marks } from './marks';
import { night } from './night';
import { GROUND } from './palette';
import { AREAL_KINDS, castOf, type Drawn, type Order } from './recipe';
import { reachLayers, reachSource } from './reach';
import { inOrder } from './zorder';

export interface Sheet {
  atlas: Atlas;
  language: Language;
  layers: LayerChoice | null;
  crowd: Crowd;
  /** Ids of the places of each layer, as far as known. */
  members: Readonly<Record<string, readonly string[]>>;
  shown: readonly PlaceRef[];
  lit: readonly PlaceRef[];
  /** Ids of the places that a table or a question has found. */
  found: ReadonlySet<string> | null;
  thematic: Thematic | null;
  own: readonly OwnLayer[];
  /** Where a chosen own point stands. */
  ownSpots: readonly LonLat[];
  /** How far an answered question reaches. */
  reach: Reach;
  faces: FallbackFaces | null;
  origin: string;
  ground: Ground | null;
  /** The look of the page; `night.ts` turns the colours. */
  dark: boolean;
  /** Shown to a room: larger names, and nothing twice. */
  presented: boolean;
}

const DATA_MAX_ZOOM = 14;

export function compose(sheet: Sheet): StyleSpecification {
  const plain = onGround(byDay(sheet), sheet.ground, sheet.atlas);
  const style = sheet.presented ? enlarged(plain) : plain;
  return sheet.dark ? night(style) : style;
}

function byDay(sheet: Sheet): StyleSpecification {
  const { atlas, language, crowd } = sheet;
  const choice = effectiveChoice(sheet.layers, atlas.layers);
  const thematic = atlas.layers.some(({ id }) => id === sheet.thematic?.layer) ? sheet.thematic : null;
  const foundOf = foundByLayer(sheet, choice);
  const holdsFound = (layer: Layer): boolean => layer.geometry !== 'none' && Boolean(foundOf(layer)?.length);
  const needed = atlas.layers.filter((layer) => isVisible(choice, layer.id) || alwaysLit(layer) || layer.id === thematic?.layer || holdsFound(layer));
  const casts = needed.map(castOf);
  const drawn: Drawn[] = needed.flatMap((layer) => [
    ...withFound(layer, foundOf(layer), isVisible(choice, layer.id), casts, crowd, () =>
      draw({ layer, language, opacity: (choice[layer.id] ?? 100) / 100, namedAbove: namedAbove(layer, sheet, choice) }, sheet)),
    ...(hasAreas(layer) && castOf(layer) !== 'neighbour' ? litArea(layer.id, castOf(layer) === 'township') : []),
    ...(hasLines(layer) ? litLine(layer.id) : []),
  ]);
  return {
    version: 8,
    ...(sheet.faces && { 'font-faces': sheet.faces }),
    sources: {
      ...Object.fromEntries(needed.map((layer) => [layer.id, tiles(layer, sheet.origin)])),
      crowd: { type: 'geojson', data: crowd.features },
      graticule: { type: 'geojson', data: graticuleLines(atlas.bounds) },
      lit: { type: 'geojson', data: litPoints(sheet) },
      ...ownSources(sheet.own, sheet.ownSpots),
      reach: reachSource(sheet.reach),
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': GROUND } },
      ...inOrder([
        ...graticule(), ...(thematic ? [...underTheme(drawn, thematic), ...themeLayers(thematic, language)] : drawn), ...ownLayers(sheet.own), ...reachLayers(),
        ...(sheet.found ? behindFound(crowdMarks()) : crowdMarks()), ...litMarks(crowd),
      ]),
    ],
  };
}

function foundByLayer({ atlas, found, members }: Sheet, choice: LayerChoice): (layer: Layer) => string[] | null {
  const [visible, hidden] = [true, false].map((yes) => atlas.layers.filter(({ id }) => isVisible(choice, id) === yes).map(({ id }) => id)) as [string[], string[]];
  const ofLayer = sharedOut(found, visible, hidden, members);
  return ({ id }) => ofLayer.get(id) ?? null;
}

function draw(order: Order, sheet: Sheet): Drawn[] {
  const { layer } = order;
  return [
    ...(hasAreas(layer) ? [...areas(order, sheet.atlas.plans), ...areaLabels(order)] : []),
    ...(hasLines(layer) ? lines(order) : []),
    ...(layer.geometry === 'line' ? lineLabels(order) : []),
    ...(hasPoints(layer) ? marks(order, sheet.crowd) : []),
  ];
}

function namedAbove(layer: Layer, { atlas, members, thematic }: Sheet, choice: LayerChoice): string[] {
  const themed = Object.keys(thematic?.labels ?? {});
  return atlas.layers.slice(atlas.layers.indexOf(layer) + 1)
    .filter((above) => above.geometry === 'polygon' && above.style.label && isVisible(choice, above.id))
    .flatMap((above) => members[above.id] ?? [])
    .concat(themed);
}

export const hasPoints = (layer: Layer): boolean => layer.geometry === 'point' || layer.geometry === 'mixed';
const hasAreas = (layer: Layer): boolean => layer.geometry === 'polygon' || layer.geometry === 'mixed';
const hasLines = (layer: Layer): boolean => layer.geometry === 'line' || layer.geometry === 'mixed';

/** A selected township is outlined even while its layer is hidden. */
const alwaysLit = (layer: Layer): boolean => ['county', 'township'].includes(castOf(layer));

function tiles(layer: Layer, origin: string): SourceSpecification {
  return {
    type: 'vector', tiles: [`${origin}${layer.tiles}`], maxzoom: DATA_MAX_ZOOM, promoteId: 'id',
    ...(layer.bounds && { bounds: layer.bounds }),
  };
}

function litPoints({ shown, lit }: Sheet): GeoJSON.FeatureCollection {
  const point = (place: PlaceRef, isShown: boolean): GeoJSON.Feature[] =>
    place.point && !AREAL_KINDS.includes(place.kind.id)
      ? [{ type: 'Feature', geometry: { type: 'Point', coordinates: place.point }, properties: { id: place.id, shown: isShown } }]
      : [];
  return { type: 'FeatureCollection', features: [...shown.flatMap((p) => point(p, true)), ...lit.flatMap((p) => point(p, false))] };
}
