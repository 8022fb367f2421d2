/**
 * The map for people at the other end of the room: names, symbols and their rings are larger, everything else is as
 * it was. Turns a finished style, so that no recipe has to know of it.
 */
import type { StyleSpecification } from 'maplibre-gl';

/** Names grow more than symbols: those are told apart by colour and shape as well. */
const FACTORS = { 'text-size': 1.4, 'icon-size': 1.25 } as const;
/** Thin lines of the background need no larger names. */
const KEPT = ['graticule'];

export function enlarged(style: StyleSpecification): StyleSpecification {
  return {
    ...style,
    layers: style.layers.map((layer) => {
      if (layer.type !== 'symbol' || KEPT.includes('source' in layer ? String(layer.source) : '')) return layer;
      const layout: Record<string, unknown> = { ...layer.layout };
      for (const [name, factor] of Object.entries(FACTORS)) {
        if (layout[name] !== undefined) layout[name] = times(layout[name], factor);
      }
      return { ...layer, layout } as typeof layer;
    }),
  };
}

/** An expression of the zoom may stand outermost only, so the factor goes into its outputs. */
export function times(value: unknown, factor: number): unknown {
  if (typeof value === 'number') return Math.round(value * factor * 100) / 100;
  if (!Array.isArray(value)) return value;
  if (value[0] === 'interpolate' || value[0] === 'step') {
    const first = value[0] === 'interpolate' ? 4 : 2;
    return value.map((part: unknown, i) => (i >= first && (i - first) % 2 === 0 ? times(part, factor) : part));
  }
  return ['*', factor, value];
}
