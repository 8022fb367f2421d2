/**
 * How far a question reaches, as MapLibre draws it: the edge of a circle or of a corridor, the spot it is
 * asked from, and the way from there to each answer.
 */
import type { SourceSpecification } from 'maplibre-gl';
import type { Reach } from '../state/reach';
import { INK_OF_QUESTIONS } from './palette';
import { get, type Drawn } from './recipe';

export const reachSource = (reach: Reach): SourceSpecification => ({ type: 'geojson', data: reach });

const of = (part: string) => ['==', get('part'), part] as ['==', ReturnType<typeof get>, string];

export function reachLayers(): Drawn[] {
  const source = { source: 'reach' };
  return [
    {
      slot: 'reach',
      spec: {
        id: 'reach/area', type: 'fill', ...source, filter: of('area'),
        paint: { 'fill-color': INK_OF_QUESTIONS, 'fill-opacity': 0.09 },
      },
    },
    {
      slot: 'reach',
      spec: {
        id: 'reach/way', type: 'line', ...source, filter: of('way'),
        paint: { 'line-color': INK_OF_QUESTIONS, 'line-width': 1.2, 'line-opacity': 0.75, 'line-dasharray': [1.5, 2] },
      },
    },
    {
      slot: 'reach',
      spec: {
        id: 'reach/edge', type: 'line', ...source, filter: of('edge'),
        paint: { 'line-color': INK_OF_QUESTIONS, 'line-width': 2, 'line-dasharray': [4, 2] },
      },
    },
    {
      slot: 'reach',
      spec: {
        id: 'reach/spot', type: 'circle', ...source, filter: of('spot'),
        paint: { 'circle-radius': 5, 'circle-color': INK_OF_QUESTIONS, 'circle-stroke-color': '#fffaf0', 'circle-stroke-width': 2 },
      },
    },
  ];
}
