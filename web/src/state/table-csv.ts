/**
 * Rows of a table as CSV for WPS and Excel: UTF-8 with a byte order mark, CRLF, and no cell that a
 * spreadsheet would take for a formula.
 */
import type { Language } from './language';
import { textOf } from './table-cell';
import type { ColumnId, Row } from './table-rows';

const BOM = '\uFEFF';

export function csvOf(rows: readonly Row[], columns: readonly { id: ColumnId; title: string }[], idTitle: string, language: Language): string {
  const head = [idTitle, ...columns.map(({ title }) => title)];
  const lines = rows.map((row) => [row.id, ...columns.map(({ id }) => textOf(row.cell(id), language).text)]);
  return csvText([head, ...lines]);
}

export const csvText = (lines: readonly (readonly string[])[]): string => BOM + lines.map((line) => line.map(quoted).join(',') + '\r\n').join('');

/** A leading = + - @ or a control character would start a formula; a plain negative number is none. */
function harmless(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) && !/^[+-]?\d+(\.\d+)?%?$/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  const safe = harmless(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
