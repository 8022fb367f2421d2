/** Questions in words, as the answer and every exported file are headed with. */
import type { Atlas, LonLat } from '../../../api/types';
import { formatDistance } from '../../../state/format';
import { named, pick, titled, type Language } from '../../../state/language';
import type { OwnLayer } from '../../../state/mine';
import type { Part, Question, Than } from '../../../state/question';
import type { AskText } from '../../text/ask';

export interface Speech {
  atlas: Atlas;
  language: Language;
  words: AskText;
  own: readonly OwnLayer[];
}

type Named = { name: string; name_en: string | null };

/** About ten metres; whoever clicks aims no better. */
export const writtenPosition = ([lon, lat]: LonLat): string => `${lon.toFixed(4)}°E, ${lat.toFixed(4)}°N`;

/** `place` is the one the question names, once it is known. */
export function sentenceOf(question: Question, place: Named | null, speech: Speech): string {
  const { language, words } = speech;
  const distance = (metres: number): string => formatDistance(metres, language);
  const name = place ? named(language, place).text : '…';
  // A figure and a Chinese word are written apart.
  const spot = (point: LonLat): string => (language === 'zh' ? ` ${writtenPosition(point)} ` : writtenPosition(point));
  switch (question.kind) {
    case 'area':
      return question.shape.tool === 'circle'
        ? words.inCircle(writtenPosition(question.shape.centre), distance(question.shape.metres))
        : words.inDrawn(question.shape.tool);
    case 'township': return words.inPlace(name);
    case 'corridor': return words.along('place' in question.along ? name : null, distance(question.metres));
    case 'around': return words.around('point' in question.from ? spot(question.from.point) : name, distance(question.metres)).trim();
    case 'nearest': return words.nearestTo('point' in question.from ? spot(question.from.point) : name, question.what && partName(question.what, speech));
    case 'pairs': return pairSentence(question, speech);
    case 'measure': return words.questions.measure[0];
  }
}

export function pairSentence({ a, b, than, metres }: { a: Part; b: Part; than: Than; metres: number }, speech: Speech): string {
  return speech.words.pair(partName(a, speech), partName(b, speech), than, formatDistance(metres, speech.language));
}

/** The classes where some are chosen, else the layer. */
export function partName({ layer: id, classes }: Part, { atlas, language, words, own }: Speech): string {
  const layer = atlas.layers.find((one) => one.id === id);
  if (!layer) return own.find((one) => one.id === id)?.name ?? id;
  const chosen = layer.classes.filter((entry) => classes.includes(entry.value)).map((entry) => pick(language, entry.label, entry.label_en).text);
  return chosen.length ? words.joined(chosen) : titled(language, layer).text;
}
