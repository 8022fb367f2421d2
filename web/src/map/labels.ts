/**
 * Names on areas and lines, in the hierarchy of a printed atlas: counties wide-spaced and large
 * underneath, townships in serif, rivers italic along their course. Symbols carry their own names
 * (`marks.ts`).
 *
 * A polygon's name stands on the point of the companion layer "{layer}-labels". Of two layers that show
 * the same township only the upper one names it, with its sub-label.
 */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { castOf, drawnId, get, LINES, nameIn, not, noteIn, overZoom, SCHEMATIC, type Drawn, type Order } from './recipe';
import { COUNTY_INK, FONTS, HALO, INK, mix, NEIGHBOUR_INK } from './palette';

/** From this zoom on, sub-labels (the herbs of a township) have room; English ones are longer. */
const NOTE_ZOOM = { zh: 9, en: 10.5 };

/** From which zoom on, and whither, a name may give way to a symbol without leaving its township. */
const DODGE = {
  zh: [8, ['literal', ['center', 'top', 'bottom', 'left', 'right']]],
  en: [9, ['literal', ['center', 'top', 'bottom']]],
};

export function areaLabels({ layer, language, opacity, namedAbove }: Order): Drawn[] {
  if (!layer.style.label) return [];
  const cast = castOf(layer);
  const base = { id: drawnId(layer, 'name'), type: 'symbol', source: layer.id, 'source-layer': `${layer.id}-labels` } as const;
  if (cast === 'county' || cast === 'neighbour') {
    const large = cast === 'county';
    const latin = language === 'zh' ? 1 : 0.8;
    return [
      {
        slot: 'label-county',
        spec: {
          ...base,
          layout: {
            'text-field': nameIn(language), 'text-font': large ? FONTS.serifBold : FONTS.serif,
            'text-size': large ? overZoom(7, 15 * latin, 9, 27 * latin, 11, 34 * latin) : overZoom(7, 11, 10, 16),
            'text-letter-spacing': language === 'zh' ? (large ? 0.55 : 0.4) : 0.14, 'text-max-width': 20,
            ...(large && { 'text-allow-overlap': true, 'text-ignore-placement': true }),
          },
          paint: {
            'text-color': large ? COUNTY_INK : NEIGHBOUR_INK,
            'text-opacity': large ? overZoom(8, 0.5 * opacity, 9.2, 0.24 * opacity, 11, 0.14 * opacity, 12.5, 0) : overZoom(9, opacity, 13, 0.5 * opacity),
          },
        },
      },
    ];
  }
  return [
    {
      slot: 'label-area',
      spec: {
        ...base, filter: not(['in', get('id'), ['literal', [...namedAbove]]]),
        layout: {
          'text-field': ['step', ['zoom'], nameIn(language), NOTE_ZOOM[language], ['format', nameIn(language), {}, '\n', {}, noteIn(language), {
            'font-scale': 0.86, 'text-font': ['literal', FONTS.sans],
            'text-color': mix(layer.style.color, INK, 0.72),
          }]],
          'text-font': FONTS.serifBold,
          'text-size': overZoom(7.5, 10, 8, 11, 9, 12.5, 11, 15.5, 13, 18),
          'text-max-width': language === 'zh' ? 8 : 7, 'text-padding': 2, 'text-line-height': 1.22,
          'text-letter-spacing': language === 'zh' ? 0.06 : 0,
          'text-variable-anchor': ['step', ['zoom'], ['literal', ['center']], ...DODGE[language]], 'text-radial-offset': 0.85, 'text-justify': 'center',
        },
        paint: {
          'text-color': INK, 'text-halo-color': HALO, 'text-halo-width': 1.6,
          'text-opacity': overZoom(7.2, 0, 7.7, opacity),
        },
      } as LayerSpecification,
    },
  ];
}

export function lineLabels({ layer, language, opacity }: Order): Drawn[] {
  if (!layer.style.label) return [];
  const water = castOf(layer) === 'water';
  const size = (minor: number, major: number): ExpressionSpecification => ['case', SCHEMATIC, minor, major];
  return [
    {
      slot: 'label-water',
      spec: {
        id: drawnId(layer, 'name'), type: 'symbol', source: layer.id, 'source-layer': layer.id, filter: LINES, minzoom: water ? 7 : 9,
        layout: {
          'symbol-placement': 'line', 'symbol-spacing': water ? 420 : 500,
          'text-field': nameIn(language),
          'text-font': water ? FONTS.serifItalic : FONTS.sans,
          'text-size': water
            ? ['interpolate', ['linear'], ['zoom'], 8, size(9, 15), 10, size(12, 20), 13, size(15, 27)]
            : overZoom(9, 10, 13, 12.5),
          'text-letter-spacing': language === 'zh' ? (water ? 0.5 : 0.1) : 0.12,
          'text-max-angle': water ? 110 : 40, 'text-padding': 12, 'text-offset': water ? ['case', SCHEMATIC, ['literal', [0, -0.75]], ['literal', [0, -0.9]]] : [0, -0.8],
        },
        paint: {
          'text-color': mix(layer.style.color, INK, water ? 0.3 : 0.4),
          'text-halo-color': HALO, 'text-halo-width': 1.5, 'text-opacity': opacity,
        },
      } as LayerSpecification,
    },
  ];
}

