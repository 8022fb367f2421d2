/**
 * The thematic map: areas tinted, points and lines graduated by class, each place with its value
 * written under its name. While it lies on the map its colours are the only tints there are.
 */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Language } from '../state/language';
import type { Thematic } from '../state/theme';
import { AS_IN_LEGEND } from './night';
import { FONTS, HALO, INK } from './palette';
import { AREAS, both, get, LINES, nameIn, overZoom, POINTS, type Drawn } from './recipe';

/** Townships without a value keep the paper they lie on, and what is schematic of them stays hatched. */
const GROUND = ['townships/fill', 'townships/hatch'];

export function themeLayers({ layer, colors, labels, radii }: Thematic, language: Language): Drawn[] {
  const source = { source: layer, 'source-layer': layer };
  const named: ExpressionSpecification = ['in', get('id'), ['literal', Object.keys(labels)]];
  if (Object.keys(labels).length === 0) return [];
  const color = perPlace(colors, 'rgba(0, 0, 0, 0)');
  const radius = perPlace(radii, 0);
  return [
    {
      slot: 'theme',
      spec: {
        id: `${layer}/theme-fill`, metadata: { [AS_IN_LEGEND]: true }, type: 'fill', ...source, filter: AREAS,
        paint: { 'fill-color': color, 'fill-antialias': false },
      } as LayerSpecification,
    },
    {
      slot: 'theme-mark',
      spec: {
        id: `${layer}/theme-line`, metadata: { [AS_IN_LEGEND]: true }, type: 'line', ...source, filter: LINES,
        layout: { 'line-join': 'round', 'line-cap': 'round' },
        paint: { 'line-color': color, 'line-width': ['*', 0.6, radius] },
      } as LayerSpecification,
    },
    {
      slot: 'theme-mark',
      spec: {
        id: `${layer}/theme-mark`, metadata: { [AS_IN_LEGEND]: true }, type: 'circle', ...source, filter: POINTS,
        layout: { 'circle-sort-key': ['*', -1, radius] },
        paint: { 'circle-color': color, 'circle-radius': radius, 'circle-stroke-color': INK, 'circle-stroke-width': ['case', ['>', radius, 0], 0.8, 0] },
      } as LayerSpecification,
    },
    written('theme-name', `${layer}-labels`, named, { 'text-variable-anchor': ['step', ['zoom'], ['literal', ['center']], 8, ['literal', ['center', 'top', 'bottom', 'left', 'right']]], 'text-radial-offset': 0.85 }),
    written('theme-mark-name', layer, both(POINTS, named), { 'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 1.4 }),
  ];

  function written(part: string, sourceLayer: string, filter: ExpressionSpecification, place: object): Drawn {
    return {
      slot: 'label-theme',
      spec: {
        id: `${layer}/${part}`, metadata: { [AS_IN_LEGEND]: true }, type: 'symbol', source: layer, 'source-layer': sourceLayer, filter,
        layout: {
          'text-field': ['format', nameIn(language), {}, '\n', {}, perPlace(labels, ''), { 'text-font': ['literal', FONTS.sans] }],
          'text-font': FONTS.serifBold, 'text-size': overZoom(7.5, 9.5, 8, 10.5, 9, 12.5, 11, 15.5, 13, 18),
          'text-max-width': language === 'zh' ? 8 : 7, 'text-padding': 1, 'text-line-height': 1.14, 'text-justify': 'center',
          ...place,
        },
        paint: { 'text-color': INK, 'text-halo-color': HALO, 'text-halo-width': 1.6, 'text-opacity': overZoom(6.6, 0, 7, 1) },
      } as LayerSpecification,
    };
  }
}

const perPlace = (values: Readonly<Record<string, string | number>>, otherwise: string | number): ExpressionSpecification => {
  const entries = Object.entries(values);
  return (entries.length ? ['match', get('id'), ...entries.flat(), otherwise] : ['literal', otherwise]) as unknown as ExpressionSpecification;
};

/**
 * Tints and hatchings of other areas vanish under a thematic map, their outlines stay; what cannot be seen
 * still answers to the pointer. The symbols of the layer itself give way to its circles.
 */
export function underTheme(drawn: readonly Drawn[], { layer }: Thematic): Drawn[] {
  const own = (id: string): boolean => id.startsWith(`${layer}/`);
  return drawn.flatMap(({ slot, spec }): Drawn[] => {
    if (slot === 'hatch' && !own(spec.id) && !GROUND.includes(spec.id)) return [];
    if ((slot === 'mark' || slot === 'label-mark') && own(spec.id)) return [];
    if (slot === 'fill' && spec.type === 'fill' && !GROUND.includes(spec.id)) return [{ slot, spec: { ...spec, paint: { ...spec.paint, 'fill-opacity': 0 } } }];
    if (slot === 'band' && spec.type === 'line') return [{ slot, spec: { ...spec, paint: { ...spec.paint, 'line-opacity': 0 } } }];
    return [{ slot, spec }];
  });
}
