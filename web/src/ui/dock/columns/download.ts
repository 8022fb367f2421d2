/** Hands the comparison over as a file. */
import type { Atlas } from '../../../api/types';
import { cellText, type Compared, type CompareRow } from '../../../state/columns-rows';
import { named, titled, type Language } from '../../../state/language';
import { csvText } from '../../../state/table-csv';
import { CSV, saveFile } from '../../save-file';
import type { compareText } from '../../text/compare';

export function download(columns: readonly Compared[], rows: readonly CompareRow[], words: (typeof compareText)['zh'], atlas: Atlas, language: Language): void {
  const names = columns.map(({ dossier }) => named(language, dossier.place).text);
  const lines = [
    [words.row, ...names, words.differ],
    ...rows.map(({ id, cells, differs }) => [words.rows[id], ...cells.map((cell) => cellText(cell, language)), differs ? words.differ : words.same]),
  ];
  saveFile(`${[titled(language, atlas).text, ...names, atlas.data_version].join('-')}.csv`, csvText(lines), CSV);
}
