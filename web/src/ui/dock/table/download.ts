/** Hands the rows over as a file. Its name says which data they come from. */
import type { Atlas } from '../../../api/types';
import { titled, type Language } from '../../../state/language';
import { csvOf } from '../../../state/table-csv';
import type { Row, Table } from '../../../state/table-rows';
import { CSV, saveFile } from '../../save-file';
import type { tableText } from '../../text/table';

export function download(table: Table, rows: readonly Row[], words: (typeof tableText)['zh'], atlas: Atlas, language: Language): void {
  const columns = table.columns.map(({ id }, i) => ({ id, title: i === 0 ? words.first[table.name] : words.columns[id] }));
  saveFile(`${[titled(language, atlas).text, words.tables[table.name], atlas.data_version].join('-')}.csv`, csvOf(rows, columns, words.id, language), CSV);
}
