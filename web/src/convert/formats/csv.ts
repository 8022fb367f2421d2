/** A table of text: separators are found by trial, the heading row by its width. */
import Papa from 'papaparse';
import { decode } from '../encoding';
import type { Cell, Decoded, Encoding } from '../model';

export interface Sheet {
  name: string | null;
  rows: Cell[][];
}

export function readCsv(bytes: Uint8Array, chosen: Encoding | null): { sheet: Sheet; decoded: Decoded } {
  const { text, ...decoded } = decode(bytes, chosen);
  // Excel may say the separator in a first line of its own.
  const [, delimiter = ''] = /^\uFEFF?sep=(.)\r?\n/i.exec(text) ?? [];
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF?(sep=.\r?\n)?/i, ''), { delimiter, skipEmptyLines: 'greedy' });
  return { sheet: { name: null, rows: data.map((row) => row.map((cell) => cell.trim() || null)) }, decoded };
}
