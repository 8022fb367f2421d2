/**
 * A tour as the text of a `tours.toml`, to be put into a data folder. What a folder needs and the author has not
 * written is filled in from what there is: Chinese where the English is missing, the title where there is no
 * caption.
 */
import type { Stop } from '../api/types';
import type { OwnTour } from './own-tour';

export function toursToml(own: OwnTour, title: string, taken: readonly string[] = []): string {
  const named = { title: own.title.trim() || title, title_en: own.title_en.trim() };
  return [
    '[[tours]]',
    `id = ${quoted(idOf(named.title_en, taken))}`,
    `title = ${quoted(named.title)}`,
    `title_en = ${quoted(named.title_en || named.title)}`,
    ...own.stops.flatMap((stop, i) => ['', ...stopLines(stop, `${i + 1}`)]),
    '',
  ].join('\n');
}

function stopLines(stop: Stop, number: string): string[] {
  const title = stop.title.trim() || stop.title_en.trim() || number;
  const title_en = stop.title_en.trim() || title;
  const caption = stop.caption.trim() || title;
  const caption_en = stop.caption_en.trim() || (stop.caption.trim() ? caption : title_en);
  return [
    '[[tours.stops]]',
    `title = ${quoted(title)}`,
    `title_en = ${quoted(title_en)}`,
    `caption = ${quoted(caption)}`,
    `caption_en = ${quoted(caption_en)}`,
    ...(stop.plan && stop.section ? [`plan = ${quoted(stop.plan)}`, `section = ${quoted(stop.section)}`] : []),
    `center = [${stop.center.map(decimal).join(', ')}]`,
    `zoom = ${decimal(stop.zoom)}`,
    ...(stop.bearing === 0 ? [] : [`bearing = ${decimal(stop.bearing)}`]),
    ...(stop.pitch === 0 ? [] : [`pitch = ${decimal(stop.pitch)}`]),
    `layers = ${list(stop.layers)}`,
    `places = ${list(stop.places)}`,
    `records = ${list(stop.records.map(({ plan, table, id }) => `${plan}/${table}/${id}`))}`,
  ];
}

/** Lower-case words with hyphens, and none that another tour has. */
export function idOf(title: string, taken: readonly string[]): string {
  const words = title.toLowerCase().normalize('NFKD').replace(/[\u0300-\u036f'’]/g, '').match(/[a-z0-9]+/g) ?? [];
  const id = words.slice(0, 6).join('-') || 'my-tour';
  for (let n = 1; ; n++) {
    const tried = n === 1 ? id : `${id}-${n}`;
    if (!taken.includes(tried)) return tried;
  }
}

const list = (texts: readonly string[]): string => `[${texts.map(quoted).join(', ')}]`;

/** A whole number would be read as an integer. */
const decimal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));

const SHORT: Readonly<Record<string, string>> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '"': '\\"', '\\': '\\\\' };

/** A basic string of TOML 1.0, on one line. */
export function quoted(text: string): string {
  // A half of a surrogate pair is no character, and no TOML either.
  const escaped = text.replace(/\p{Cs}/gu, '\ufffd').replace(/["\\\u0000-\u001f\u007f]/g, (char) =>
    SHORT[char] ?? `\\u${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
  return `"${escaped}"`;
}
