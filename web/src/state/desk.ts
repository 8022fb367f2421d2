/**
 * What lies on the planner's desk beside the map: one drawer on the left (layers, thematic map,
 * questions, comparison, sites, own layers) and one dock below it (tables, indicators, townships or sites side by side).
 *
 *     ?drawer=ask&dock=table:projects
 */
export const DRAWERS = ['layers', 'theme', 'ask', 'compare', 'sites', 'mine'] as const;
export type Drawer = (typeof DRAWERS)[number];

export const TABLES = ['projects', 'targets', 'tasks', 'places', 'organisations', 'discrepancies'] as const;
export type TableName = (typeof TABLES)[number];

export type Dock = { kind: 'none' } | { kind: 'table'; table: TableName } | { kind: 'targets' } | { kind: 'columns' } | { kind: 'sites' };

export const NO_DOCK: Dock = { kind: 'none' };

export const isTable = (id: string | undefined): id is TableName => (TABLES as readonly (string | undefined)[]).includes(id);

export function encodeDock(dock: Dock): string | null {
  return dock.kind === 'none' ? null : dock.kind === 'table' ? `table:${dock.table}` : dock.kind;
}

export function decodeDock(text: string | null): Dock {
  const [kind, table] = (text ?? '').split(':');
  if (kind === 'table') return isTable(table) ? { kind, table } : { kind, table: 'projects' };
  return kind === 'targets' || kind === 'columns' || kind === 'sites' ? { kind } : NO_DOCK;
}

export function decodeDrawer(text: string | null): Drawer {
  return DRAWERS.find((drawer) => drawer === text) ?? 'layers';
}
