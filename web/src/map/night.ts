/**
 * The composed style by night. Every colour becomes its dark counterpart, wherever it stands: in a
 * paint property, inside an expression, in the name of an image (`mark|star|#b8331f|solid`). Sources,
 * filters and texts stay as they are. It knows no layer; what is added to the map later is dark too.
 */
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { nightInkOf, nightOf } from '../state/night';

/** Images that are drawn on paper of their own; by night `images.ts` draws them on dark paper. */
const IMAGE = /^(mark|ring)\|/;
export const NIGHT_IMAGE = 'night-';

/** In a layer's metadata: its colours are read off a legend, which shows them by night as by day. */
export const AS_IN_LEGEND = 'atlas:as-in-legend';

const HEX = /#[\da-f]{6}\b/gi;

export function night(style: StyleSpecification): StyleSpecification {
  const exact = ({ metadata }: LayerSpecification): boolean => (metadata as Record<string, unknown> | undefined)?.[AS_IN_LEGEND] === true;
  return { ...style, layers: style.layers.map((layer) => (exact(layer) ? layer : nightLayer(layer))) };
}

function nightLayer(layer: LayerSpecification): LayerSpecification {
  const { paint, layout } = layer as { paint?: Record<string, unknown>; layout?: Record<string, unknown> };
  // Letters without a halo stand on a figure of their own, whose colour turns as theirs does.
  const inkOf = paint && 'text-halo-color' in paint ? nightInkOf : nightOf;
  return {
    ...layer,
    ...(paint && {
      paint: {
        ...Object.fromEntries(Object.entries(paint).map(([name, value]) => [name, dark(value, name === 'text-color' ? inkOf : nightOf)])),
        ...(layer.type === 'raster' && dimmed(paint)),
      },
    }),
    ...(layout && 'icon-image' in layout && { layout: { ...layout, 'icon-image': dark(layout['icon-image'], nightOf) } }),
  } as LayerSpecification;
}

/** A picture cannot be turned into its negative; it can be dimmed. */
const dimmed = (paint: Record<string, unknown>): object => ({
  'raster-brightness-max': 0.62, 'raster-saturation': -0.35, 'raster-opacity': paint['raster-opacity'] ?? 1,
});

function dark(value: unknown, of: (colour: string) => string): unknown {
  if (typeof value === 'string') return IMAGE.test(value) || value.includes('|') ? nightImage(value) : of(value);
  if (Array.isArray(value)) return value.map((item) => dark(item, of));
  return value;
}

const nightImage = (name: string): string => (IMAGE.test(name) ? NIGHT_IMAGE : '') + name.replace(HEX, nightOf);
