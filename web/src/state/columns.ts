/** Which townships stand side by side: two to four, in the order they were chosen. */
export const MOST_COLUMNS = 4;

export const encodeColumns = (ids: readonly string[]): string => ids.join(',');

export function decodeColumns(text: string | null): string[] {
  return [...new Set((text ?? '').split(',').filter(Boolean))].slice(0, MOST_COLUMNS);
}

/** One more at the end; what stands there already, or has no room, changes nothing. */
export function withColumn(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) || ids.length >= MOST_COLUMNS ? ids : [...ids, id];
}

export const withoutColumn = (ids: readonly string[], id: string): readonly string[] => ids.filter((one) => one !== id);
