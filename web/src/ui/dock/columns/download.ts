/** Hands the comparison over as a file. */
import type { Atlas } from '../../../api/types';
import { cellText, type Compared, type CompareRow } from '../../../state/columns-rows';
import { named, titled, type Language } from '../../../state/language';
import { csvText } from '../../../state/table-csv';
import type { compareText } from '../../text/compare';

export function download(columns: readonly Compared[], rows: readonly CompareRow[], words: (typeof compareText)['zh'], atlas: Atlas, language: Language): void {
  const names = columns.map(({ dossier }) => named(language, dossier.place).text);
  const lines = [
    [words.row, ...names, words.differ],
    ...rows.map(({ id, cells, differs }) => [words.rows[id], ...cells.map((cell) => cellText(cell, language)), differs ? words.differ : words.same]),
  ];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csvText(lines)], { type: 'text/csv;charset=utf-8' }));
  link.download = `${[titled(language, atlas).text, ...names, atlas.data_version].join('-')}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
