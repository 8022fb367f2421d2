/** Pieces become drafts: read as they stand, with what they say of themselves and what has to be asked. */
import { candidates, fits, medianOf, placed, type Sample } from './candidates';
import { reasonOf, Refused, type FileFailure } from './failure';
import { readCsv, type Sheet } from './formats/csv';
import { readGeoJson } from './formats/geojson';
import { readGeoPackage } from './formats/geopackage';
import { readKml } from './formats/kml';
import { readShapefile } from './formats/shapefile';
import { readXlsx } from './formats/xlsx';
import { SAMPLE_ROWS, TABLE_COLUMNS } from './limits';
import type { Candidate, Content, Draft, Encoding, Notice, Placing, Progress, Question, RawFeature, Stated } from './model';
import { misnamed, sort, type Piece } from './pieces';
import { namedShift, sameReference, WGS84 } from './reference';
import { guessPlacing, headerReference, placeRows, tabulate } from './table';
import type { Matcher } from './townships';

export interface Reading {
  /** Encodings that the person has chosen, by file. */
  encodings: Readonly<Record<string, Encoding>>;
  match: Matcher;
  tell: (progress: Progress) => void;
}

export async function read(files: readonly File[], reading: Reading): Promise<{ drafts: Draft[]; failures: FileFailure[] }> {
  const { pieces, failures } = await sort(files, reading.tell);
  const drafts: Draft[] = [];
  for (const [i, piece] of pieces.entries()) {
    reading.tell({ stage: 'parsing', file: piece.file, done: i, total: pieces.length });
    try {
      const found = await layersOf(piece, reading);
      drafts.push(...found.drafts);
      failures.push(...found.failures);
    } catch (error) {
      failures.push({ file: pieces.filter(({ file }) => file === piece.file).length > 1 ? `${piece.file} / ${piece.name}` : piece.file, reason: reasonOf(error) });
    }
  }
  // Names may repeat, within a zip and between files.
  return { drafts: drafts.map((draft, i) => ({ ...draft, key: String(i) })), failures };
}

async function layersOf(piece: Piece, { encodings, match }: Reading): Promise<{ drafts: Draft[]; failures: FileFailure[] }> {
  const chosen = encodings[piece.file] ?? null;
  const notices: Notice[] = misnamed(piece) ? [{ code: 'extension', says: piece.says, is: piece.format }] : [];
  const draft = (name: string, rest: Pick<Draft, 'decoded' | 'content'> & { notices?: readonly Notice[] }): Draft => ({
    key: '', file: piece.file, name, format: piece.format, decoded: rest.decoded, content: rest.content,
    notices: [...notices, ...(rest.notices ?? [])],
  });
  const located = (features: RawFeature[], stated: Stated): { content: Content; notices: Notice[] } => {
    const { settled, notices: named } = weigh(stated, features, `${piece.file} ${piece.name}`);
    return { content: { kind: 'features', features, stated: settled }, notices: named };
  };
  const tables = (sheets: readonly Sheet[], more: readonly Notice[], decoded: Draft['decoded']): Draft[] => {
    const found = sheets.flatMap((sheet) => {
      const tabulated = tabulate(sheet.rows);
      return tabulated ? [{ sheet, ...tabulated }] : [];
    });
    if (found.length === 0) throw new Refused({ code: 'table-empty' });
    return found.map(({ sheet, table, titles }) => {
      if (table.header.length > TABLE_COLUMNS) throw new Refused({ code: 'table-wide', limit: TABLE_COLUMNS });
      const guess = guessPlacing(table, match);
      return draft(sheet.name && found.length > 1 ? `${piece.name} ${sheet.name}` : piece.name, {
        decoded, content: { kind: 'table', table, guess, headerReference: headerReference(table, guess) ?? namedShift(piece.file) },
        notices: [...more, ...(titles ? [{ code: 'title-rows', count: titles } as const] : [])],
      });
    });
  };

  switch (piece.format) {
    case 'geojson': {
      const { features, stated, decoded } = readGeoJson(await piece.bytes(), chosen);
      return alone(draft(piece.name, { decoded, ...located(features, stated) }));
    }
    case 'kml': {
      const { features, decoded, notices: links } = readKml(await piece.bytes(), chosen);
      const { content, notices: named } = located(features, { kind: 'known', reference: WGS84, how: 'format' });
      return alone(draft(piece.name, { decoded, content, notices: [...links, ...named] }));
    }
    case 'shapefile': {
      const { features, stated, decoded, notices: own } = readShapefile(piece.parts ?? {}, chosen);
      const { content, notices: named } = located(features, stated);
      return alone(draft(piece.name, { decoded, content, notices: [...own, ...named] }));
    }
    case 'geopackage': {
      const found = await readGeoPackage(await piece.bytes());
      return {
        drafts: found.flatMap((table) => ('failure' in table ? [] : [draft(table.name, { decoded: null, ...located(table.features, table.stated) })])),
        failures: found.flatMap((table) => ('failure' in table ? [{ file: `${piece.file} / ${table.name}`, reason: table.failure.reason }] : [])),
      };
    }
    case 'csv': {
      const { sheet, decoded } = readCsv(await piece.bytes(), chosen);
      return { drafts: tables([sheet], [], decoded), failures: [] };
    }
    case 'xlsx': {
      const { sheets, formulas, empty } = await readXlsx(piece.blob ?? new Blob([await piece.bytes() as BlobPart]));
      return { drafts: tables(sheets, formulas ? [{ code: 'formulas', count: formulas, empty }] : [], null), failures: [] };
    }
  }
}

const alone = (draft: Draft): { drafts: Draft[]; failures: FileFailure[] } => ({ drafts: [draft], failures: [] });

/**
 * What a file says of its reference, weighed against its numbers and its name. RFC 7946 is only the
 * default of a format; a name that says GCJ-02 outranks it, and contradicts anything the file states itself.
 */
function weigh(stated: Stated, features: readonly RawFeature[], names: string): { settled: Stated; notices: Notice[] } {
  const shift = namedShift(names);
  const sample = sampleOf(features);
  if (stated.kind === 'unknown') return { settled: stated, notices: [] };
  if (shift && !sameReference(shift, stated.reference)) {
    if (stated.how !== 'format') return { settled: { kind: 'unknown', why: 'contradiction' }, notices: [] };
    if (fits(shift, sample)) {
      return { settled: { kind: 'known', reference: shift, how: 'name' }, notices: shift.kind === 'shifted' ? [{ code: 'reference-by-name', datum: shift.datum }] : [] };
    }
  }
  if (fits(stated.reference, sample)) return { settled: stated, notices: [] };
  return { settled: { kind: 'unknown', why: stated.how === 'format' ? 'not-degrees' : 'contradiction' }, notices: [] };
}

const SAMPLED = 1000;

/** A position of each of a thousand features, evenly spread. */
function sampleOf(features: readonly RawFeature[]): Sample {
  const step = Math.max(1, Math.floor(features.length / SAMPLED));
  const sample: [number, number][] = [];
  for (let i = 0; i < features.length; i += step) {
    const position = firstOf(features[i]?.geometry ?? null);
    if (position) sample.push(position);
  }
  return sample;
}

function firstOf(geometry: GeoJSON.Geometry | null): [number, number] | null {
  if (!geometry) return null;
  if (geometry.type === 'GeometryCollection') return firstOf(geometry.geometries?.[0] ?? null);
  let inner: unknown = geometry.coordinates;
  while (Array.isArray(inner) && Array.isArray((inner as unknown[])[0])) inner = (inner as unknown[])[0];
  const [x, y] = Array.isArray(inner) ? (inner as unknown[]) : [];
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : null;
}

/** A draft as a question; what is known needs no candidates. */
export function questionOf(draft: Draft, atlas: readonly [number, number], match: Matcher): Question {
  const { content } = draft;
  const base = { key: draft.key, file: draft.file, name: draft.name, format: draft.format, decoded: draft.decoded, notices: draft.notices };
  if (content.kind === 'features') {
    return { ...base, count: content.features.length, stated: content.stated, table: null, candidates: candidatesOf(draft, null, atlas, match) };
  }
  const { table, guess } = content;
  const stated: Stated | null = content.headerReference ? { kind: 'known', reference: content.headerReference, how: 'header' } : null;
  return {
    ...base, count: table.rows.length, stated,
    table: { header: table.header, sample: table.rows.slice(0, SAMPLE_ROWS), guess },
    candidates: candidatesOf(draft, guess, atlas, match),
  };
}

/** What would fit, and before all what the file itself says. */
export function candidatesOf(draft: Draft, placing: Placing | null, atlas: readonly [number, number], match: Matcher): Candidate[] {
  const { content } = draft;
  const sample = sampleBy(draft, placing, match);
  const said = content.kind === 'table' ? content.headerReference : content.stated.kind === 'known' ? content.stated.reference : null;
  const fitting = candidates(sample, atlas);
  if (!said || fitting.some(({ reference }) => sameReference(reference, said))) return fitting;
  return [{ reference: said, middle: placed(said, medianOf(sample)) }, ...fitting];
}

/** Where a draft stands, in its own numbers; of a table by the columns that the person has chosen. */
export function sampleBy({ content }: Draft, placing: Placing | null, match: Matcher): Sample {
  if (content.kind === 'features') return sampleOf(content.features);
  if (!placing || placing.kind === 'township') return [];
  return sampleOf(placeRows({ header: content.table.header, rows: content.table.rows.slice(0, SAMPLED) }, placing, match));
}
