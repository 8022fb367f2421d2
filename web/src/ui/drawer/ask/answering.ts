/**
 * Has a question answered: asks the server what it must, and works out how far the question reaches. It
 * words nothing; a question that cannot be answered fails with `Unanswerable`, which says why.
 */
import type { PairSide, Pairs, PlaceNear, Within } from '../../../api/answers';
import { api, type Atlas, type LonLat, type Place } from '../../../api/client';
import type { OwnLayer } from '../../../state/mine';
import type { Origin, Part, Question } from '../../../state/question';
import { circleReach, corridorReach, NO_REACH, waysReach, type Leg, type Reach } from '../../../state/reach';
import { cornersOf, crossesItself, geometryOf } from '../../../state/shapes';
import { idsOf } from './answer-places';
import { featuresOf } from './own';

export type Asked = Exclude<Question, { kind: 'measure' }>;

/** From what distances are measured. */
type MeasuredFrom = 'seat' | 'outline' | 'point';

export type Result =
  | { kind: 'within'; within: Within; metres: number | null }
  | { kind: 'nearest'; items: readonly PlaceNear[] }
  | { kind: 'pairs'; pairs: Pairs };

export interface Answered {
  question: Asked;
  /** The place that the question names. */
  place: Place | null;
  from: MeasuredFrom;
  result: Result;
  reach: Reach;
}

/** An answer and what the map makes of it. */
export interface Shown extends Answered {
  /** Ids of the places that the map shows above all others. */
  lit: readonly string[];
}

export type Obstacle = { why: 'crosses' } | { why: 'unlocated'; place: Place } | { why: 'nothing'; part: 'a' | 'b' };

export class Unanswerable extends Error {
  readonly obstacle: Obstacle;

  constructor(obstacle: Obstacle) {
    super(obstacle.why);
    this.obstacle = obstacle;
  }
}

const LISTED = 20;
const MOST_LINES = 1_000;
/** As far as the server looks. */
const HORIZON = '200000';

export async function answer(question: Asked, atlas: Atlas, own: readonly OwnLayer[], signal: AbortSignal): Promise<Shown> {
  const answered = await ask(question, atlas, own, signal);
  return { ...answered, lit: await litOf(answered.result, atlas) };
}

async function ask(question: Asked, atlas: Atlas, own: readonly OwnLayer[], signal: AbortSignal): Promise<Answered> {
  switch (question.kind) {
    case 'area': {
      const { shape } = question;
      if (shape.tool === 'circle') {
        // As a point and a distance: exact, where its picture has corners.
        const within = await api.within({ type: 'Point', coordinates: shape.centre }, shape.metres, signal);
        return { question, place: null, from: 'point', result: { kind: 'within', within, metres: shape.metres }, reach: NO_REACH };
      }
      if (shape.tool === 'polygon' && crossesItself(cornersOf(shape))) throw new Unanswerable({ why: 'crosses' });
      const within = await api.within(geometryOf(shape), 0, signal);
      return { question, place: null, from: 'outline', result: { kind: 'within', within, metres: null }, reach: NO_REACH };
    }
    case 'township': {
      const [{ place }, within] = await Promise.all([api.place(question.place), api.withinPlace(question.place, 0, signal)]);
      return { question, place, from: 'outline', result: { kind: 'within', within, metres: null }, reach: NO_REACH };
    }
    case 'corridor': {
      const { along, metres } = question;
      if ('place' in along) {
        const [{ place }, within] = await Promise.all([api.place(along.place), api.withinPlace(along.place, metres, signal)]);
        return { question, place, from: 'outline', result: { kind: 'within', within, metres }, reach: NO_REACH };
      }
      const within = await api.within(geometryOf({ tool: 'line', points: along.line }), metres, signal);
      return { question, place: null, from: 'point', result: { kind: 'within', within, metres }, reach: corridorReach(along.line, metres) };
    }
    case 'around': {
      const { metres } = question;
      const { place, point, from } = await startOf(question.from);
      if (place && from === 'outline') {
        const within = await api.withinPlace(place.id, metres, signal);
        return { question, place, from, result: { kind: 'within', within, metres }, reach: NO_REACH };
      }
      const within = await api.within({ type: 'Point', coordinates: point }, metres, signal);
      return { question, place, from, result: { kind: 'within', within, metres }, reach: circleReach(point, metres) };
    }
    case 'nearest': {
      const { place, point, from } = await startOf(question.from);
      const { items } = await api.near(nearFilters(point, question.what, atlas), signal);
      const others = items.filter(({ id }) => id !== place?.id);
      const legs = others.flatMap(({ bearing_deg, distance_m }) => (bearing_deg === null ? [] : [{ from: point, bearing: bearing_deg, metres: distance_m }]));
      return { question, place, from: from === 'outline' ? 'point' : from, result: { kind: 'nearest', items: others }, reach: waysReach(legs, point) };
    }
    case 'pairs': {
      const { a, b, than, metres } = question;
      const mine = own.find(({ id }) => id === b.layer);
      const filters = { ...side('a', a), ...(mine ? {} : side('b', b)), than, distance: String(metres) };
      const pairs = await api.pairs(filters, signal, mine && (await featuresOf(mine)));
      for (const part of ['a', 'b'] as const) if (hasNothing(pairs[part])) throw new Unanswerable({ why: 'nothing', part });
      const legs = pairs.items.flatMap(({ place: { point }, bearing_deg, distance_m }): Leg[] =>
        (point && bearing_deg !== null ? [{ from: point, bearing: bearing_deg, metres: distance_m }] : []));
      return { question, place: null, from: 'point', result: { kind: 'pairs', pairs }, reach: waysReach(legs, null) };
    }
  }
}

/** A road or river that only passes is told of, but not lit from one end to the other. */
async function litOf(result: Result, atlas: Atlas): Promise<string[]> {
  if (result.kind !== 'within') return idsOf(result);
  const lines = await Promise.all(atlas.layers.filter(({ geometry }) => geometry === 'line').map(({ id }) => api.layerPlaces(id, 0, MOST_LINES)));
  const lineIds = new Set(lines.flatMap(({ items }) => items.map(({ id }) => id)));
  return result.within.places.filter(({ id, relation }) => relation === 'inside' || !lineIds.has(id)).map(({ id }) => id);
}

const hasNothing = ({ located }: PairSide): boolean => located === 0;

const side = (name: 'a' | 'b', { layer, classes }: Part): Record<string, string> =>
  ({ [name]: layer, ...(classes.length && { [`${name}_class`]: classes.join(',') }) });

function nearFilters([lon, lat]: LonLat, what: Part | null, atlas: Atlas): Record<string, string> {
  // The ground a point lies on is no answer to what is nearest to it.
  const layers = what ? [what.layer] : atlas.layers.filter(({ group }) => group !== atlas.groups[0]?.id).map(({ id }) => id);
  return {
    lon: String(lon), lat: String(lat), radius: HORIZON, limit: String(LISTED + 1), layers: layers.join(','),
    ...(what?.classes.length && { kinds: what.classes.join(',') }),
  };
}

/** A township is measured from its seat; another area, or a line, from itself. */
async function startOf(from: Origin): Promise<{ place: Place | null; point: LonLat; from: MeasuredFrom }> {
  if ('point' in from) return { place: null, point: from.point, from: 'point' };
  const { place } = await api.place(from.place);
  const point = place.seat ?? place.point;
  if (!point) throw new Unanswerable({ why: 'unlocated', place });
  if (place.kind.id === 'township') return { place, point, from: 'seat' };
  const [west, south, east, north] = place.bounds ?? [0, 0, 0, 0];
  return { place, point, from: east > west || north > south ? 'outline' : 'point' };
}
