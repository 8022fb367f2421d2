/** What is to be known about the exactness of an answer, in words. */
import { accuraciesOf, isBorderline, isVague } from '../../../state/answer';
import type { AskText } from '../../text/ask';
import { placesOf, totalOf } from './answer-places';
import type { Answered } from './answering';
import { partName, type Speech } from './sentence';

/** What a careful reader must know before taking the answer further. */
export function notesOf(answered: Answered, speech: Speech): string[] {
  const { question, result, from, place } = answered;
  const { words } = speech;
  const places = placesOf(result);
  const doubtful = places.filter((_, i) => isDoubtful(answered, i)).length;
  const toTownships = result.kind !== 'within' && places.some(({ kind }) => kind.id === 'township');
  return [
    ...(places.length === 0 ? [nothing(answered, words)] : []),
    ...(places.length < totalOf(result) ? [words.firstOf(places.length)] : []),
    ...(doubtful > 0 ? [words.borderlineCount(doubtful)] : []),
    ...(from === 'seat' ? [words.fromSeat] : []),
    ...(from === 'outline' && place && 'metres' in question ? [words.fromOutline] : []),
    ...(from === 'outline' && place?.accuracy === 'schematic' && !('metres' in question) ? [words.schematicOutline] : []),
    ...(toTownships && from !== 'seat' ? [words.toSeat] : []),
    ...(result.kind === 'pairs' && question.kind === 'pairs' ? unlocatedOf(result.pairs, question, speech) : []),
    ...(result.kind !== 'within' && places.length > 0 ? [words.straight] : []),
    ...accuracyNote(places, speech),
  ];
}

type PairsQuestion = Extract<Answered['question'], { kind: 'pairs' }>;

const unlocatedOf = (pairs: { a: { unlocated: number }; b: { unlocated: number } }, question: PairsQuestion, speech: Speech): string[] =>
  (['a', 'b'] as const).filter((side) => pairs[side].unlocated > 0)
    .map((side) => speech.words.unlocated(pairs[side].unlocated, partName(question[side], speech)));

function accuracyNote(places: Parameters<typeof accuraciesOf>[0], { words }: Speech): string[] {
  const counts = accuraciesOf(places).map(([accuracy, n]) => words.accuracyCount(n, words.accuracyShort[accuracy]));
  return counts.length ? [words.accuracies(counts)] : [];
}

function nothing({ question, result }: Answered, words: AskText): string {
  if (question.kind === 'pairs') return words.nonePairs[question.than];
  if (question.kind === 'nearest') return words.noneNearest;
  return result.kind === 'within' && result.metres !== null ? words.noneAround : words.noneArea;
}

/** The place at this position of the answer is as near to the given distance as it is badly known. */
export function isDoubtful({ question, result, from, place }: Answered, i: number): boolean {
  const vagueStart = from === 'seat' || (place !== null && isVague(place));
  if (result.kind === 'within') {
    const one = result.within.places[i];
    return one !== undefined && result.metres !== null && isBorderline(one.distance_m, result.metres, vagueStart || isVague(one));
  }
  if (result.kind !== 'pairs' || question.kind !== 'pairs') return false;
  const pair = result.pairs.items[i];
  return pair !== undefined && isBorderline(pair.distance_m, question.metres, isVague(pair.place) || ('kind' in pair.nearest && isVague(pair.nearest)));
}
