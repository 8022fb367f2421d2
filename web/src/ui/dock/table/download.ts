/** Hands the rows over as a file. Its name says which data they come from. */
import type { Atlas } from '../../../api/types';
import { titled, type Language } from '../../../state/language';
import { csvOf } from '../../../state/table-csv';
import type { Row, Table } from '../../../state/table-rows';
import type { tableText } from '../../text/table';

export function download(table: Table, rows: readonly Row[], words: (typeof tableText)['zh'], atlas: Atlas, language: Language): void {
  const columns = table.columns.map(({ id }, i) => ({ id, title: i === 0 ? words.first[table.name] : words.columns[id] }));
  const file = new Blob([csvOf(rows, columns, words.id, language)], { type: 'text/csv;charset=utf-8' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${[titled(language, atlas).text, words.tables[table.name], atlas.data_version].join('-')}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
