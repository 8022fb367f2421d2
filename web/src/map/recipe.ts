/**
 * What a recipe gets and gives. A recipe turns one atlas layer into MapLibre layers; it may look at
 * the layer's style, classes and geometry, never at where the data came from.
 *
 * Five ids of the data folder are cast as the base map and drawn as an atlas draws them; every other
 * layer, dropped in by anyone, is a theme and drawn by its own style alone.
 */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Layer } from '../api/types';
import type { Language } from '../state/language';
import type { Placed } from './zorder';

export type Drawn = Placed<LayerSpecification>;
export type Cast = 'county' | 'neighbour' | 'water' | 'road' | 'township' | 'theme';

const CASTS: Record<string, Cast> = {
  counties: 'county', neighbours: 'neighbour', rivers: 'water', roads: 'road', townships: 'township',
};

export const castOf = (layer: Layer): Cast => CASTS[layer.id] ?? 'theme';

/** Kinds that are drawn as areas; their lit state is an outline, not a ring. */
export const AREAL_KINDS: readonly string[] = ['county', 'neighbour-county', 'township'];

export interface Order {
  layer: Layer;
  language: Language;
  /** 0–1, the reader's slider. */
  opacity: number;
  /** Places that a layer above names already. */
  namedAbove: readonly string[];
}

export const drawnId = (layer: Layer, part: string): string => `${layer.id}/${part}`;

/** Which atlas layer a drawn layer belongs to. */
export const layerOf = (id: string): string => id.slice(0, id.lastIndexOf('/'));

export const get = (property: string): ExpressionSpecification => ['get', property];

export const AREAS: ExpressionSpecification = ['in', ['geometry-type'], ['literal', ['Polygon', 'MultiPolygon']]];
export const LINES: ExpressionSpecification = ['in', ['geometry-type'], ['literal', ['LineString', 'MultiLineString']]];
export const POINTS: ExpressionSpecification = ['in', ['geometry-type'], ['literal', ['Point', 'MultiPoint']]];
export const SCHEMATIC: ExpressionSpecification = ['==', get('accuracy'), 'schematic'];
export const EXACT: ExpressionSpecification = ['in', get('accuracy'), ['literal', ['surveyed', 'published']]];

export const both = (...all: ExpressionSpecification[]): ExpressionSpecification => ['all', ...all];
export const not = (one: ExpressionSpecification): ExpressionSpecification => ['!', one];

export const state = (name: string): ExpressionSpecification => ['boolean', ['feature-state', name], false];

/**
 * Layers that show states alone are transparent most of the time, and the graphics card would draw them all the
 * same: a third of every frame. While this is off they are passed over.
 */
export const LIT_STATE = 'lit';
export function whileLit(type: 'fill' | 'line'): object {
  const on: ExpressionSpecification = ['boolean', ['global-state', LIT_STATE], false];
  return { [`${type}-layer-opacity`]: ['case', on, 1, 0], [`${type}-layer-opacity-transition`]: { duration: 0, delay: 0 } };
}

/** The colour of a feature's class, the layer's own where it has none. */
export function classColor(layer: Layer, of: (color: string) => string = (color) => color): ExpressionSpecification | string {
  return byClass(layer, (entry) => of(entry.color), of(layer.style.color));
}

export function byClass<T extends string | number>(
  layer: Layer, value: (entry: Layer['classes'][number]) => T, otherwise: T,
): ExpressionSpecification | T {
  if (layer.classes.length === 0) return otherwise;
  const cases = layer.classes.flatMap((entry) => [entry.value, value(entry)]);
  return ['match', get('class'), ...cases, otherwise] as unknown as ExpressionSpecification;
}

export const nameIn = (language: Language): ExpressionSpecification =>
  language === 'en' ? ['coalesce', get('name_en'), get('name')] : get('name');

export const noteIn = (language: Language): ExpressionSpecification =>
  language === 'en' ? ['coalesce', get('note_en'), get('note'), ''] : ['coalesce', get('note'), ''];

export const overZoom = (...stops: number[]): ExpressionSpecification =>
  ['interpolate', ['linear'], ['zoom'], ...stops] as unknown as ExpressionSpecification;
