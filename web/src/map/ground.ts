/**
 * The ground under the layers as a part of the style: laid under everything, while the atlas's own paper
 * becomes see-through. Opening it is `ground-open.ts`; which grounds there are and which are refused is
 * `state/basemap.ts`.
 */
import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { Atlas } from '../api/types';
import { castOf, drawnId, state } from './recipe';

/** Names of its sources: the ground itself, and the names that some services draw as pictures of their own. */
export const GROUND_SOURCE = 'basemap';
export const GROUND_NAMES = 'basemap-names';

export interface Ground {
  sources: Readonly<Record<string, SourceSpecification>>;
  layers: readonly LayerSpecification[];
}

/** How much of the atlas's own paper stays on a foreign ground. */
const PAPER_LEFT = { county: 0.16, neighbour: 0, township: 0 } as const;

export function onGround(style: StyleSpecification, ground: Ground | null, atlas: Atlas): StyleSpecification {
  if (!ground) return style;
  const paper = new Map(atlas.layers.flatMap((layer) => {
    const cast = castOf(layer);
    return cast === 'county' || cast === 'neighbour' || cast === 'township' ? [[drawnId(layer, 'fill'), PAPER_LEFT[cast]] as const] : [];
  }));
  const [sheet, ...drawn] = style.layers;
  const seeThrough = drawn.map((layer): LayerSpecification => {
    const left = paper.get(layer.id);
    if (left === undefined || layer.type !== 'fill') return layer;
    return { ...layer, paint: { ...layer.paint, 'fill-opacity': ['case', state('hover'), 0.25, left] } };
  });
  return {
    ...style,
    sources: { ...style.sources, ...ground.sources },
    layers: [...(sheet ? [sheet] : []), ...ground.layers, ...seeThrough],
  };
}
