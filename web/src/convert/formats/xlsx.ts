/**
 * XLSX: every sheet that has rows. Nothing is computed: of a formula the result is taken that the program
 * kept when the file was last saved, and how many there are is said.
 */
import { zipSync } from 'fflate';
import { Refused } from '../failure';
import type { Cell } from '../model';
import { unzip } from '../unzip';
import type { Sheet } from './csv';

export interface Workbook {
  sheets: Sheet[];
  formulas: number;
  /** Formulas without a kept result. */
  empty: number;
}

export async function readXlsx(file: Blob): Promise<Workbook> {
  const members = await unzip(file, { wanted: (name) => /\.(xml|rels)$/i.test(name), mayNest: true });
  if (!members.some(({ name }) => name === 'xl/workbook.xml')) throw new Refused({ code: 'xlsx-broken' });
  const texts = members.filter(({ name }) => /\.xml$/i.test(name)).map(({ name, bytes }) => ({ name, text: new TextDecoder().decode(bytes) }));
  if (texts.some(({ text }) => /<!(DOCTYPE|ENTITY)/i.test(text.slice(0, 4000)))) throw new Refused({ code: 'xml-entities' });
  const counted = texts.filter(({ name }) => name.startsWith('xl/worksheets/')).map(({ text }) => formulasIn(text));
  // Packed anew from what has been unpacked under guard: the reader's own unzipping has no limits.
  const safe = zipSync(Object.fromEntries(members.map(({ name, bytes }) => [name, bytes])), { level: 0 });
  const { default: read } = await import('read-excel-file/universal');
  try {
    const sheets = await read(safe.buffer as ArrayBuffer, { trim: true });
    return {
      sheets: sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellOf)) })),
      formulas: counted.reduce((sum, { formulas }) => sum + formulas, 0),
      empty: counted.reduce((sum, { empty }) => sum + empty, 0),
    };
  } catch {
    throw new Refused({ code: 'xlsx-broken' });
  }
}

function formulasIn(sheet: string): { formulas: number; empty: number } {
  let formulas = 0;
  let empty = 0;
  for (const [cell] of sheet.matchAll(/<c\b(?:(?!\/>)[^>])*>.*?<\/c>/gs)) {
    if (!/<f[\s>/]/.test(cell)) continue;
    formulas += 1;
    if (!/<v[^>]*>[^<]/.test(cell)) empty += 1;
  }
  return { formulas, empty };
}

function cellOf(value: unknown): Cell {
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '').replace('T', ' ').replace(/\.000Z$/, '');
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value === '' ? null : value;
  return null;
}
