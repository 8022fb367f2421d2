/**
 * Point symbols and their names. Filled where the point is the thing itself, hollow where it only
 * stands for it (seat, approximate). Symbols may overlap but never vanish: what would cover another
 * is counted in a stack or fanned out (`state/stacks.ts`).
 */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Layer } from '../api/types';
import { byClass, both, classColor, drawnId, EXACT, get, nameIn, not, overZoom, POINTS, type Drawn, type Order } from './recipe';
import { FONTS, HALO, INK, mix, SEAL } from './palette';
import { FAN_ZOOM, OPEN_ZOOM } from '../state/stacks';
import { OF_THIS_ZOOM, type Crowd } from './crowd';

const ICON_SIZE = overZoom(6, 0.6, 9, 0.78, 12, 1);
/** Up to this many around one spot, each has room for its name. */
const NAMED_FAN = 7;

function icon(layer: Layer): ExpressionSpecification {
  const shape = byClass(layer, (entry) => entry.symbol ?? 'circle', layer.classes[0]?.symbol ?? 'circle');
  return ['concat', 'mark|', shape, '|', classColor(layer), ['case', EXACT, '|solid', '|hollow']];
}

/**
 * Symbols and names are layers apart: the names of areas keep clear of symbols and come before the
 * names of symbols.
 */
export function marks({ layer, language, opacity }: Order, crowd: Crowd): Drawn[] {
  const strength = layer.style.opacity * opacity;
  const alone = both(POINTS, not(crowd.crowded));
  const fanned = both(POINTS, crowd.fanned);
  const named = both(fanned, ['in', get('id'), ['literal', crowd.inGroupsOf(NAMED_FAN)]]);
  const base = { type: 'symbol', source: layer.id, 'source-layer': layer.id } as const;

  const symbols = (part: string, minzoom: number, filter: ExpressionSpecification, extra: object): Drawn => ({
    slot: 'mark',
    spec: {
      ...base, id: drawnId(layer, part), minzoom, filter,
      layout: { 'icon-image': icon(layer), 'icon-size': ICON_SIZE, 'icon-allow-overlap': true, 'icon-padding': 0, ...extra },
      paint: { 'icon-opacity': strength },
    } as LayerSpecification,
  });
  const names = (part: string, minzoom: number, filter: ExpressionSpecification, extra: object): Drawn => ({
    slot: 'label-mark',
    spec: {
      ...base, id: drawnId(layer, part), minzoom, filter,
      layout: {
        'text-field': nameIn(language), 'text-font': FONTS.sans, 'text-size': overZoom(9, 10.5, 13, 13),
        'text-max-width': 9, 'text-padding': 0, ...extra,
      },
      paint: {
        'text-color': classColor(layer, (color) => mix(color, INK, 0.45)), 'text-halo-color': HALO, 'text-halo-width': 1.5,
        'text-opacity': overZoom(8.4, 0, 8.8, strength),
      },
    } as LayerSpecification,
  });

  return [
    symbols('mark', 0, alone, {}),
    symbols('fanned', FAN_ZOOM, fanned, { 'icon-offset': crowd.offset }),
    ...(layer.style.label
      ? [
          names('mark-name', 8, alone, {
            'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 1.15, 'text-justify': 'auto',
          }),
          names('fanned-name', FAN_ZOOM, named, { 'text-anchor': crowd.anchor, 'text-offset': crowd.textOffset }),
        ]
      : []),
  ];
}

/** Invisible, but it makes the whole of a stack answer to the pointer. */
export const STACK = 'crowd/stack';

/** The disc under a fan, and from afar the number beside the one symbol that stands for a stack. */
export function crowdMarks(): Drawn[] {
  const fan = { source: 'crowd', minzoom: FAN_ZOOM, filter: both(get('fan'), OF_THIS_ZOOM) };
  const stack = { source: 'crowd', maxzoom: OPEN_ZOOM, filter: both(not(get('fan')), OF_THIS_ZOOM) };
  return [
    {
      slot: 'fan',
      spec: {
        id: 'crowd/disc', type: 'circle', ...fan,
        paint: {
          'circle-radius': get('radius'), 'circle-color': '#fffaf0', 'circle-opacity': 0.78,
          'circle-stroke-color': '#8d7c62', 'circle-stroke-width': 0.8,
        },
      },
    },
    {
      slot: 'fan',
      spec: { id: 'crowd/spot', type: 'circle', ...fan, paint: { 'circle-radius': 2.2, 'circle-color': INK } },
    },
    {
      slot: 'stack',
      spec: {
        id: STACK, type: 'circle', ...stack,
        paint: { 'circle-radius': 12, 'circle-color': HALO, 'circle-opacity': 0.01 },
      },
    },
    {
      slot: 'stack',
      spec: {
        id: 'crowd/bubble', type: 'circle', ...stack,
        paint: {
          'circle-radius': ['step', get('count'), 6.5, 10, 8], 'circle-color': INK, 'circle-stroke-color': '#fffaf0',
          'circle-stroke-width': 1.2, 'circle-translate': [9, -9], 'circle-translate-anchor': 'viewport',
        },
      },
    },
    {
      slot: 'stack',
      spec: {
        id: 'crowd/count', type: 'symbol', ...stack,
        layout: {
          'text-field': ['to-string', get('count')], 'text-font': FONTS.sans, 'text-size': 9.5, 'text-offset': [0, 0.05],
          'text-allow-overlap': true, 'text-padding': 2,
        },
        paint: { 'text-color': '#fffaf0', 'text-translate': [9, -9], 'text-translate-anchor': 'viewport' },
      },
    },
  ];
}

/** Rings around the points of the selected and the pointed-at thing. */
export function litMarks(crowd: Crowd): Drawn[] {
  const ring = (id: string, conditions: object, offset: object): Drawn => ({
    slot: 'lit-mark',
    spec: {
      id, type: 'symbol', source: 'lit', ...conditions,
      layout: {
        'icon-image': ['case', get('shown'), `ring|${SEAL}|shown`, `ring|${SEAL}|lit`], 'icon-size': ICON_SIZE,
        'icon-allow-overlap': true, 'icon-ignore-placement': true, ...offset,
      },
    } as LayerSpecification,
  });
  return [
    ring('lit/ring', { filter: not(crowd.fanned) }, {}),
    ring('lit/ring-fanned', { filter: crowd.fanned, minzoom: FAN_ZOOM }, { 'icon-offset': crowd.offset }),
  ];
}
