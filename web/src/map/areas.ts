/**
 * Polygons: tint, hatching and border. A schematic polygon is hatched and its border dashed, so that
 * nobody takes it for a boundary; a county has the double border of an atlas, a crisp line and a
 * soft band inside it.
 */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Plan } from '../api/types';
import { AREA_TINT } from '../state/layers';
import { AREAS, both, castOf, classColor, drawnId, get, not, overZoom, SCHEMATIC, state, whileLit, type Drawn, type Order } from './recipe';
import { COUNTY_TINTS, mix, INK, PAPER, SEAL } from './palette';

export function areas({ layer, opacity }: Order, plans: readonly Plan[]): Drawn[] {
  const cast = castOf(layer);
  const source = { source: layer.id, 'source-layer': layer.id };
  const strength = opacity * layer.style.opacity * (cast === 'theme' ? AREA_TINT : 1);
  const drawn: Drawn[] = [
    {
      slot: cast === 'neighbour' ? 'ground' : cast === 'county' ? 'paper' : 'fill',
      spec: {
        id: drawnId(layer, 'fill'), type: 'fill', ...source, filter: AREAS,
        paint: {
          'fill-color': cast === 'county' ? PAPER : classColor(layer),
          'fill-opacity': cast === 'theme' || cast === 'township'
            ? ['case', state('hover'), Math.min(1, strength + 0.22), strength]
            : cast === 'county' ? opacity : strength,
          'fill-antialias': false,
        },
      },
    },
  ];
  if (cast === 'county') return [...drawn, ...countyBorder(layer.id, layer.style.outline ?? layer.style.color, opacity, plans)];
  if (layer.accuracies.schematic) {
    drawn.push({
      slot: 'hatch',
      spec: {
        id: drawnId(layer, 'hatch'), type: 'fill', ...source, filter: both(AREAS, SCHEMATIC),
        paint: {
          'fill-pattern': `hatch|${mix(layer.style.outline ?? layer.style.color, INK, 0.15)}`,
          'fill-opacity': (cast === 'township' ? 0.3 : 0.34) * opacity,
        },
      },
    });
  }
  const outline = classColor(layer, (color) => layer.style.outline ?? mix(color, INK, 0.35));
  const width = overZoom(8, layer.style.width * 0.8, 12, layer.style.width * 1.5);
  drawn.push(
    border('outline', both(AREAS, not(SCHEMATIC)), null),
    border('outline-schematic', both(AREAS, SCHEMATIC), [4, 2.5]),
  );
  return drawn;

  function border(part: string, filter: ExpressionSpecification, dash: number[] | null): Drawn {
    return {
      slot: cast === 'neighbour' ? 'ground' : 'outline',
      spec: {
        id: drawnId(layer, part), type: 'line', ...source, filter,
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': outline, 'line-width': width, 'line-opacity': 0.9 * opacity,
          ...(dash && { 'line-dasharray': dash }),
        },
      } as LayerSpecification,
    };
  }
}

/** Exterior rings run clockwise on screen in a vector tile, so a positive offset lies inside. */
function countyBorder(id: string, color: string, opacity: number, plans: readonly Plan[]): Drawn[] {
  const source = { source: id, 'source-layer': id, filter: AREAS };
  const cases = plans.flatMap((plan, i) => [plan.county, COUNTY_TINTS[i % COUNTY_TINTS.length]]);
  const tint = (cases.length ? ['match', get('id'), ...cases, COUNTY_TINTS[0]] : COUNTY_TINTS[0]) as unknown as ExpressionSpecification;
  const band = (part: string, width: number, strength: number): Drawn => ({
    slot: 'outline',
    spec: {
      id: `${id}/${part}`, type: 'line', ...source,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': tint, 'line-opacity': strength * opacity,
        'line-width': overZoom(7, width * 0.6, 10, width), 'line-offset': overZoom(7, width * 0.3, 10, width / 2),
      },
    },
  });
  return [
    band('band-wide', 8, 0.34),
    band('band-narrow', 4, 0.5),
    {
      slot: 'border',
      spec: {
        id: `${id}/border`, type: 'line', ...source,
        layout: { 'line-join': 'round' },
        paint: { 'line-color': color, 'line-width': overZoom(7, 1, 10, 1.7, 13, 2.2), 'line-opacity': opacity },
      },
    },
  ];
}

/** Outline of what is selected, pointed at or hovered; driven by feature-state alone. */
export function litArea(layerId: string, tinted: boolean): Drawn[] {
  const source = { source: layerId, 'source-layer': layerId, filter: AREAS };
  const on: ExpressionSpecification = ['case', state('shown'), 1, state('lit'), 0.85, state('hover'), 0.45, 0];
  return [
    ...(tinted ? [litTint(layerId)] : []),
    {
      slot: 'lit-area',
      spec: {
        id: `${layerId}/lit-glow`, type: 'line', ...source, layout: { 'line-join': 'round' },
        paint: { 'line-color': '#fffaf0', 'line-width': 6, 'line-opacity': ['*', 0.85, on], ...whileLit('line') },
      },
    },
    {
      slot: 'lit-area',
      spec: {
        id: `${layerId}/lit-line`, type: 'line', ...source, layout: { 'line-join': 'round' },
        paint: { 'line-color': SEAL, 'line-width': ['case', state('shown'), 2.6, 2], 'line-opacity': on, ...whileLit('line') },
      },
    },
  ];
}

function litTint(layerId: string): Drawn {
  return {
    slot: 'lit-area',
    spec: {
      id: `${layerId}/lit-fill`, type: 'fill', source: layerId, 'source-layer': layerId, filter: AREAS,
      paint: { 'fill-color': SEAL, 'fill-opacity': ['case', state('lit'), 0.12, state('shown'), 0.05, 0], 'fill-antialias': false, ...whileLit('fill') },
    },
  };
}
