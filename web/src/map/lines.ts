/**
 * Lines: rivers as a cased blue ribbon, roads and links as hairlines, belts and corridors as wide
 * bands under the rivers. A schematic line is dashed; a schematic course of water is thin besides.
 */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { both, castOf, classColor, drawnId, get, LINES, not, overZoom, SCHEMATIC, state, whileLit, type Drawn, type Order } from './recipe';
import { BANDS } from '../state/layers';
import { INK, mix, PAPER, SEAL } from './palette';

export function lines(order: Order): Drawn[] {
  return castOf(order.layer) === 'water' ? water(order) : strokes(order);
}

function water({ layer, opacity }: Order): Drawn[] {
  const source = { source: layer.id, 'source-layer': layer.id };
  const layout = { 'line-join': 'round', 'line-cap': 'round' } as const;
  const strength = layer.style.opacity * opacity;
  const ribbon = (extra: number): ExpressionSpecification =>
    overZoom(7, layer.style.width + extra, 10, layer.style.width * 2.4 + extra, 13, layer.style.width * 6 + extra);
  const exact = both(LINES, not(SCHEMATIC));
  const draw = (part: string, filter: ExpressionSpecification, color: string, thick: ExpressionSpecification, dash?: number[]): Drawn => ({
    slot: 'water',
    spec: {
      id: drawnId(layer, part), type: 'line', ...source, filter, layout: dash ? { 'line-join': 'round' } : layout,
      paint: { 'line-color': color, 'line-width': thick, 'line-opacity': strength, ...(dash && { 'line-dasharray': dash }) },
    } as LayerSpecification,
  });
  return [
    draw('line-schematic', both(LINES, SCHEMATIC), mix(layer.style.color, INK, 0.12), overZoom(7, 0.8, 10, 1.5, 13, 2.6), [6, 1.6]),
    draw('casing', exact, mix(layer.style.color, INK, 0.22), ribbon(1.4)),
    draw('line', exact, mix(layer.style.color, PAPER, 0.32), ribbon(0)),
  ];
}

function strokes({ layer, opacity }: Order): Drawn[] {
  const base = { type: 'line', source: layer.id, 'source-layer': layer.id, layout: { 'line-join': 'round' } } as const;
  const slot = castOf(layer) === 'road' ? 'road' : 'line';
  const paint = {
    'line-color': ['case', state('hover'), SEAL, classColor(layer)],
    'line-width': overZoom(7, layer.style.width * 0.6, 10, layer.style.width, 14, layer.style.width * 1.5),
    'line-opacity': layer.style.opacity * opacity,
  };
  const dash = layer.style.dash ?? null;
  const stroke = (part: string, filter: ExpressionSpecification, pattern: number[] | null): Drawn => ({
    slot,
    spec: {
      ...base, id: drawnId(layer, part), filter, paint: { ...paint, ...(pattern && { 'line-dasharray': pattern }) },
    } as LayerSpecification,
  });
  const wide: ExpressionSpecification = layer.geometry === 'line' ? ['in', get('class'), ['literal', [...BANDS]]] : ['literal', false];
  const thin = both(LINES, not(wide));
  return [
    {
      slot: 'band',
      spec: {
        ...base, id: drawnId(layer, 'band'), filter: both(LINES, wide), layout: { 'line-join': 'round', 'line-cap': 'round' },
        paint: {
          'line-color': classColor(layer), 'line-width': overZoom(7, 7, 10, 20, 13, 60),
          'line-opacity': ['case', state('hover'), 0.5, 0.34].map((part) => (typeof part === 'number' ? part * opacity : part)),
        },
      } as LayerSpecification,
    },
    stroke('line', both(thin, not(SCHEMATIC)), dash),
    stroke('line-schematic', both(thin, SCHEMATIC), dash ?? [3, 2]),
  ];
}

/** A line of the selected or pointed-at thing; driven by feature-state alone. */
export function litLine(layerId: string): Drawn[] {
  return [
    {
      slot: 'lit-area',
      spec: {
        id: `${layerId}/lit-stroke`, type: 'line', source: layerId, 'source-layer': layerId, filter: LINES,
        layout: { 'line-join': 'round', 'line-cap': 'round' },
        paint: {
          'line-color': SEAL, 'line-width': 4,
          'line-opacity': ['case', state('shown'), 0.85, state('lit'), 0.7, 0], ...whileLit('line'),
        },
      },
    },
  ];
}
