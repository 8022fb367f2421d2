/** Hands rows over as a CSV file. */
import { csvText } from '../../../state/table-csv';

export function saveRows(rows: readonly (readonly string[])[], name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csvText(rows)], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
