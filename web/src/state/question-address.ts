/**
 * A question as it stands in the address bar, so that a link repeats it:
 *
 *     area~polygon~108.6,30.8_109.3,30.8_109.0,31.2      around~500235143~5000
 *     area~circle~108.7,30.93~15000                      nearest~108.7,30.93~medical.hospital
 *     corridor~108.6,30.8_108.9,31~1000                  pairs~herbs~medical.medical-centre~farther~15000
 *
 * A question that is not complete leaves its kind alone; a drawing with very many positions is left out.
 * Nothing here throws: what cannot be read counts as absent.
 */
import type { LonLat } from '../api/types';
import { round } from './coordinates';
import { isDistance, QUESTIONS, freshDraft, questionOf, type Draft, type Origin, type Part, type QuestionKind } from './question';
import type { Shape } from './shapes';

const MOST_POSITIONS = 100;

/** `~`, `.` and `_` part what they join, so a name that has them is escaped. */
const escape = (name: string): string => encodeURIComponent(name).replace(/[~._]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('%3A', ':');

function unescape(text: string | undefined): string | null {
  try {
    return text ? decodeURIComponent(text) : null;
  } catch {
    return null;
  }
}

const position = ([lon, lat]: LonLat): string => `${round(lon)},${round(lat)}`;
const positions = (points: readonly LonLat[]): string => points.map(position).join('_');
const part = ({ layer, classes }: Part): string => [layer, ...classes].map(escape).join('.');
const origin = (from: Origin): string => ('place' in from ? escape(from.place) : position(from.point));

function shapeText(shape: Shape): string {
  switch (shape.tool) {
    case 'polygon': return `polygon~${positions(shape.ring)}`;
    case 'rectangle': return `rectangle~${shape.bounds.map(round).join(',')}`;
    case 'circle': return `circle~${position(shape.centre)}~${shape.metres}`;
    case 'line': return `line~${positions(shape.points)}`;
    case 'point': return `point~${position(shape.point)}`;
  }
}

const isLong = (shape: Shape): boolean =>
  (shape.tool === 'polygon' && shape.ring.length > MOST_POSITIONS) || (shape.tool === 'line' && shape.points.length > MOST_POSITIONS);

export function encodeQuestion(draft: Draft, shape: Shape | null): string {
  const question = questionOf(draft, shape);
  if (!question || (shape && isLong(shape))) return draft.kind;
  switch (question.kind) {
    case 'area':
    case 'measure': return `${question.kind}~${shapeText(question.shape)}`;
    case 'township': return `township~${escape(question.place)}`;
    case 'corridor': return `corridor~${'place' in question.along ? escape(question.along.place) : positions(question.along.line)}~${question.metres}`;
    case 'around': return `around~${origin(question.from)}~${question.metres}`;
    case 'nearest': return ['nearest', origin(question.from), ...(question.what ? [part(question.what)] : [])].join('~');
    case 'pairs': return ['pairs', part(question.a), part(question.b), question.than, question.metres].join('~');
  }
}

interface Restored {
  draft: Draft;
  shape: Shape | null;
}

export function decodeQuestion(text: string | null): Restored | null {
  const [kind, ...rest] = (text ?? '').split('~');
  if (!isKind(kind)) return null;
  return restored(kind, rest) ?? { draft: freshDraft(kind), shape: null };
}

const isKind = (kind: string | undefined): kind is QuestionKind => (QUESTIONS as readonly (string | undefined)[]).includes(kind);

function restored(kind: QuestionKind, [first, second, third, fourth]: string[]): Restored | null {
  switch (kind) {
    case 'area':
    case 'measure': {
      const shape = readShape(first, second, third);
      return shape && { draft: { kind }, shape };
    }
    case 'township': {
      const place = unescape(first);
      return place === null ? null : { draft: { kind, place }, shape: null };
    }
    case 'corridor':
    case 'around': {
      const metres = Number(second);
      if (!first || !isDistance(metres)) return null;
      const points = readPositions(first);
      const place = points ? null : unescape(first);
      if (kind === 'corridor') {
        if (points && points.length < 2) return null;
        return { draft: { kind, along: place, metres }, shape: points && { tool: 'line', points } };
      }
      return { draft: { kind, from: place, metres }, shape: pointOf(points) };
    }
    case 'nearest': {
      if (!first) return null;
      const points = readPositions(first);
      return { draft: { kind, from: points ? null : unescape(first), what: readPart(second) }, shape: pointOf(points) };
    }
    case 'pairs': {
      const [a, b, metres] = [readPart(first), readPart(second), Number(fourth)];
      if (!a || !b || (third !== 'farther' && third !== 'nearer') || !isDistance(metres)) return null;
      return { draft: { kind, a, b, than: third, metres }, shape: null };
    }
  }
}

const pointOf = (points: LonLat[] | null): Shape | null => (points?.[0] ? { tool: 'point', point: points[0] } : null);

function readPart(text: string | undefined): Part | null {
  const [layer, ...classes] = (text ?? '').split('.').map(unescape);
  return layer ? { layer, classes: classes.filter((one) => one !== null) } : null;
}

function readNumbers(text: string): number[] | null {
  if (!/^-?\d+(\.\d+)?(,-?\d+(\.\d+)?)+$/.test(text)) return null;
  return text.split(',').map(Number);
}

function readPositions(text: string): LonLat[] | null {
  const points: LonLat[] = [];
  for (const piece of text.split('_')) {
    const [lon, lat, more] = readNumbers(piece) ?? [];
    if (lon === undefined || lat === undefined || more !== undefined || Math.abs(lon) > 180 || Math.abs(lat) > 90) return null;
    points.push([lon, lat]);
  }
  return points.length <= MOST_POSITIONS ? points : null;
}

function readShape(tool: string | undefined, text = '', radius?: string): Shape | null {
  if (tool === 'rectangle') {
    const [west, south, east, north] = readNumbers(text) ?? [];
    if (west === undefined || south === undefined || east === undefined || north === undefined) return null;
    return west < east && south < north ? { tool, bounds: [west, south, east, north] } : null;
  }
  const points = readPositions(text) ?? [];
  const [point] = points;
  if (tool === 'polygon') return points.length > 2 ? { tool, ring: points } : null;
  if (tool === 'line') return points.length > 1 ? { tool, points } : null;
  if (tool === 'circle') return point && isDistance(Number(radius)) ? { tool, centre: point, metres: Number(radius) } : null;
  return null;
}
