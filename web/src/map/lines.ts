/**
 * Lines: rivers as a cased blue ribbon, roads and links as hairlines. A schematic line is dashed,
 * except water, whose schematic courses are drawn thinner (a dashed river reads as a seasonal one).
 */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { both, castOf, classColor, drawnId, LINES, not, overZoom, SCHEMATIC, state, type Drawn, type Order } from './recipe';
import { INK, mix, PAPER, SEAL } from './palette';

export function lines(order: Order): Drawn[] {
  return castOf(order.layer) === 'water' ? water(order) : strokes(order);
}

function water({ layer, opacity }: Order): Drawn[] {
  const source = { source: layer.id, 'source-layer': layer.id };
  const layout = { 'line-join': 'round', 'line-cap': 'round' } as const;
  const strength = layer.style.opacity * opacity;
  const width = (thin: number, thick: number): ExpressionSpecification => ['case', SCHEMATIC, thin, thick];
  const ribbon = (extra: number): ExpressionSpecification => [
    'interpolate', ['linear'], ['zoom'],
    7, width(0.5 + extra / 2, layer.style.width + extra),
    10, width(1.1 + extra / 2, layer.style.width * 2.4 + extra),
    13, width(2.2 + extra / 2, layer.style.width * 6 + extra),
  ];
  return [
    {
      slot: 'water',
      spec: {
        id: drawnId(layer, 'casing'), type: 'line', ...source, filter: LINES, layout,
        paint: { 'line-color': mix(layer.style.color, INK, 0.22), 'line-width': ribbon(1.4), 'line-opacity': strength },
      },
    },
    {
      slot: 'water',
      spec: {
        id: drawnId(layer, 'line'), type: 'line', ...source, filter: LINES, layout,
        paint: { 'line-color': ['case', SCHEMATIC, layer.style.color, mix(layer.style.color, PAPER, 0.32)], 'line-width': ribbon(0), 'line-opacity': strength },
      },
    },
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
  return [
    stroke('line', both(LINES, not(SCHEMATIC)), dash),
    stroke('line-schematic', both(LINES, SCHEMATIC), dash ?? [3, 2]),
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
          'line-opacity': ['case', state('shown'), 0.85, state('lit'), 0.7, 0],
        },
      },
    },
  ];
}
