/**
 * Names on areas and lines, in the hierarchy of a printed atlas: counties wide-spaced and large
 * underneath, townships in serif, rivers italic along their course. Symbols carry their own names
 * (`marks.ts`).
 *
 * A polygon's name stands on the point of the companion layer "{layer}-labels". Of two layers that show
 * the same township only the upper one names it. Its sub-label is a layer of its own beneath: where it
 * does not fit the name stays.
 */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { both, castOf, drawnId, get, LINES, nameIn, not, noteIn, overZoom, SCHEMATIC, type Drawn, type Order } from './recipe';
import { COUNTY_INK, FONTS, HALO, INK, mix, NEIGHBOUR_INK } from './palette';

/** From this zoom on, sub-labels (the herbs of a township) have room; English ones are longer. */
const NOTE_ZOOM = { zh: 8.5, en: 9.5 };
/** Names longer than this many characters stand on two lines in English. */
const ONE_LINE = 11;

/** From which zoom on, and whither, a name may give way to a symbol without leaving its township. */
const DODGE = {
  zh: [8, ['literal', ['center', 'top', 'bottom', 'left', 'right']]],
  en: [8, ['literal', ['center', 'top', 'bottom', 'left', 'right']]],
};

/** What stands between the terms of a note, and what is left of it where a line ends. */
const BETWEEN = { zh: ['·', ''], en: [', ', ','] } as const;

/** Two terms of a note to a line; a term is never broken and no line begins with the dot. */
function inPairs(note: ExpressionSpecification, [between, atEnd]: readonly [string, string]): ExpressionSpecification {
  const terms = ['split', note, between];
  const pair = (from: number, to?: number): unknown[] => ['join', ['slice', terms, from, ...(to ? [to] : [])], between];
  const lines = (count: number): unknown[] => ['concat', ...Array.from({ length: count }, (_, i) => [...(i ? [`${atEnd}\n`] : []), pair(2 * i, i + 1 < count ? 2 * i + 2 : undefined)]).flat()];
  return ['step', ['length', terms], note, 3, lines(2), 5, lines(3)] as unknown as ExpressionSpecification;
}

/** A layer's slider fades its tint, never the names of its areas: they place everything else. */
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
            'text-opacity': large ? overZoom(8, 0.34 * opacity, 9.2, 0.16 * opacity, 11, 0.1 * opacity, 12.5, 0) : overZoom(9, opacity, 13, 0.5 * opacity),
          },
        },
      },
    ];
  }
  const shown = not(['in', get('id'), ['literal', [...namedAbove]]]);
  const note = noteIn(language);
  const twoLines: ExpressionSpecification = language === 'en' ? ['>', ['length', nameIn(language)], ONE_LINE] : ['literal', false];
  const beside = (ems: number): ExpressionSpecification => ['literal', ['top', [0, ems], 'bottom', [0, -ems]]] as unknown as ExpressionSpecification;
  return [
    {
      slot: 'label-note',
      spec: {
        ...base, id: drawnId(layer, 'note'), minzoom: NOTE_ZOOM[language], filter: both(shown, ['!=', note, '']),
        layout: {
          'text-field': inPairs(note, BETWEEN[language]), 'text-font': FONTS.sans, 'text-size': overZoom(8.5, 9.5, 9, 10.5, 11, 13, 13, 15.5),
          'text-max-width': 40, 'text-padding': 1, 'text-line-height': 1.15, 'text-justify': 'center',
          'text-variable-anchor-offset': ['case', twoLines, beside(2.15), beside(1.25)],
        },
        paint: { 'text-color': mix(layer.style.color, INK, 0.72), 'text-halo-color': HALO, 'text-halo-width': 1.4 },
      } as LayerSpecification,
    },
    {
      slot: 'label-area',
      spec: {
        ...base, filter: shown,
        layout: {
          'text-field': nameIn(language), 'text-font': FONTS.serifBold,
          'text-size': overZoom(7.5, 10, 8, 11, 9, 12.5, 11, 15.5, 13, 18),
          'text-max-width': language === 'zh' ? 8 : 7, 'text-padding': 2, 'text-line-height': 1.22,
          'text-letter-spacing': language === 'zh' ? 0.06 : 0,
          'text-variable-anchor': ['step', ['zoom'], ['literal', ['center']], ...DODGE[language]], 'text-radial-offset': 0.85, 'text-justify': 'center',
        },
        paint: { 'text-color': INK, 'text-halo-color': HALO, 'text-halo-width': 1.6, 'text-opacity': overZoom(6.6, 0, 7, 1) },
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
      slot: water ? 'label-water' : 'label-road',
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
          'text-max-angle': water ? 45 : 40, 'text-padding': 12, 'text-offset': water ? ['case', SCHEMATIC, ['literal', [0, -0.75]], ['literal', [0, -0.9]]] : [0, -0.8],
        },
        paint: {
          'text-color': mix(layer.style.color, INK, water ? 0.3 : 0.4),
          'text-halo-color': HALO, 'text-halo-width': 1.5, 'text-opacity': opacity,
        },
      } as LayerSpecification,
    },
  ];
}

