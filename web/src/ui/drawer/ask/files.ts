/** Hands an answer over as a file: the places and records as CSV, or the drawing and the places as GeoJSON. */
import type { PlaceRef, RecordRef } from '../../../api/types';
import { accuracyOf } from '../../../state/accuracy';
import { answerCsv, answerGeojson, type Cell, type Origin } from '../../../state/answer-file';
import { named, pick, termed, titled } from '../../../state/language';
import { geometryOf, type Shape } from '../../../state/shapes';
import { wordsOf } from '../../context';
import { CSV, saveFile } from '../../save-file';
import { placesOf } from './answer-places';
import type { Answered } from './answering';
import { isDoubtful, notesOf } from './notes';
import { sentenceOf, type Speech } from './sentence';

type ColumnName = keyof Speech['words']['columns'];
type Row = Partial<Record<ColumnName, Cell>>;

const COLUMNS: readonly ColumnName[] = [
  'type', 'name', 'nameEn', 'kind', 'industry', 'relation', 'distance', 'bearing', 'nearest', 'borderline', 'accuracy', 'positionNote', 'lon', 'lat', 'section', 'id',
];

export function saveCsv(answered: Answered, speech: Speech): void {
  const rows = [...placesOf(answered.result).map((place, i) => placeRow(place, i, answered, speech)), ...recordRows(answered, speech)];
  const used = COLUMNS.filter((column) => rows.some((row) => row[column] !== undefined));
  const { words } = speech;
  const text = answerCsv(used.map((column) => words.columns[column]), rows.map((row) => used.map((column) => row[column] ?? null)), originOf(answered, speech));
  saveFile(nameOf('csv', answered, speech), text, CSV);
}

export function saveGeojson(answered: Answered, speech: Speech): void {
  const places = placesOf(answered.result).map((place, i) => ({ point: place.point, properties: placeRow(place, i, answered, speech) as Record<string, Cell> }));
  saveFile(nameOf('geojson', answered, speech), answerGeojson(drawnOf(answered, speech), places, originOf(answered, speech)), 'application/geo+json');
}

function placeRow(place: PlaceRef, i: number, answered: Answered, { language, words }: Speech): Row {
  const common = wordsOf(language);
  const { result } = answered;
  const within = result.kind === 'within' ? result.within.places[i] : undefined;
  const near = result.kind === 'nearest' ? result.items[i] : undefined;
  const pair = result.kind === 'pairs' ? result.pairs.items[i] : undefined;
  const far = result.kind === 'within' && result.metres === null ? undefined : (within ?? near ?? pair)?.distance_m;
  const nearest = pair && ('id' in pair.nearest ? named(language, pair.nearest).text : (pair.nearest.name ?? words.ownFeature(pair.nearest.index + 1)));
  return {
    type: common.oneOf.place, name: place.name, nameEn: place.name_en, kind: termed(language, place.kind).text,
    ...(within && { relation: words.relations[within.relation] }),
    ...(far !== undefined && { distance: Math.round(far), borderline: isDoubtful(answered, i) ? words.yes : '' }),
    ...((near ?? pair) && { bearing: (near ?? pair)?.bearing_deg ?? null }),
    ...(nearest && { nearest }),
    accuracy: place.accuracy && words.accuracyShort[place.accuracy], positionNote: common.accuracyPlain[accuracyOf(place)],
    lon: place.point?.[0] ?? null, lat: place.point?.[1] ?? null, id: place.id,
  };
}

function recordRows({ result }: Answered, { language }: Speech): Row[] {
  if (result.kind !== 'within') return [];
  const { oneOf, roles } = wordsOf(language);
  const { within } = result;
  const rows = (type: string, records: readonly RecordRef[]): Row[] => records.map((record) => ({
    type, name: record.name, nameEn: record.name_en, id: record.id, section: record.section.join('；'),
    ...(record.industry && { industry: pick(language, record.industry.zh, record.industry.en).text }),
  }));
  return [
    ...rows(oneOf.project, within.projects), ...rows(roles, within.roles), ...rows(oneOf.target, within.targets), ...rows(oneOf.task, within.tasks),
    ...rows(oneOf.discrepancy, within.discrepancies),
  ];
}

/** The geometry that the question is about; a circle is a point with its radius, and its picture. */
function drawnOf({ question }: Answered, { words }: Speech): GeoJSON.Feature[] {
  const shape: Shape | null = question.kind === 'area' ? question.shape
    : question.kind === 'corridor' && 'line' in question.along ? { tool: 'line', points: question.along.line }
    : (question.kind === 'around' || question.kind === 'nearest') && 'point' in question.from ? { tool: 'point', point: question.from.point } : null;
  if (!shape) return [];
  const metres = shape.tool === 'circle' ? shape.metres : 'metres' in question ? question.metres : null;
  return [{ type: 'Feature', geometry: geometryOf(shape), properties: { type: words.drawn, tool: words.tools[shape.tool], ...(metres !== null && { distance: metres }) } }];
}

function originOf(answered: Answered, speech: Speech): Origin {
  const { atlas, language, words } = speech;
  const link = new URL(window.location.href);
  return [
    [words.question, sentenceOf(answered.question, answered.place, speech)],
    [words.source, [titled(language, atlas).text, ...atlas.plans.map((plan) => titled(language, plan).text)].join(language === 'zh' ? '；' : '; ')],
    [words.dataVersion, atlas.data_version],
    [words.exportedOn, today()],
    [words.note, notesOf(answered, speech).join(' ')],
    ['URL', link.href],
  ];
}

/** The reader's own day, not Greenwich's. */
function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

function nameOf(ending: string, answered: Answered, speech: Speech): string {
  return `${sentenceOf(answered.question, answered.place, speech).replace(/[\\/:*?"<>|]/g, ' ').slice(0, 80)}-${speech.atlas.data_version}.${ending}`;
}
