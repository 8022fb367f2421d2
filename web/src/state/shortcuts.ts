/**
 * The keys of the page: one table, from which the keys are bound and the help sheet is written.
 * What a key does is decided in `ui/settings/shortcuts.ts`.
 */
export const GROUPS = ['find', 'drawers', 'map', 'page'] as const;
export type ShortcutGroup = (typeof GROUPS)[number];

export const SHORTCUTS = [
  { id: 'search', group: 'find', shown: ['/'], keys: ['/', '、', '／'] },
  { id: 'table', group: 'find', shown: ['T'], keys: ['t'] },
  { id: 'targets', group: 'find', shown: ['I'], keys: ['i'] },
  { id: 'layers', group: 'drawers', shown: ['L'], keys: ['l'] },
  { id: 'theme', group: 'drawers', shown: ['H'], keys: ['h'] },
  { id: 'ask', group: 'drawers', shown: ['A'], keys: ['a'] },
  { id: 'compare', group: 'drawers', shown: ['C'], keys: ['c'] },
  { id: 'sites', group: 'drawers', shown: ['Z'], keys: ['z'] },
  { id: 'mine', group: 'drawers', shown: ['M'], keys: ['m'] },
  { id: 'drawer', group: 'drawers', shown: ['['], keys: ['[', '【'] },
  { id: 'zoomIn', group: 'map', shown: ['+'], keys: ['+', '=', '＋'] },
  { id: 'zoomOut', group: 'map', shown: ['-'], keys: ['-', '_', '－'] },
  { id: 'whole', group: 'map', shown: ['0'], keys: ['0'] },
  { id: 'north', group: 'map', shown: ['N'], keys: ['n'] },
  { id: 'details', group: 'page', shown: [']'], keys: [']', '】'] },
  { id: 'enlarge', group: 'page', shown: ['F'], keys: ['f'] },
  { id: 'export', group: 'page', shown: ['E'], keys: ['e'] },
  { id: 'picture', group: 'page', shown: ['O'], keys: ['o'] },
  { id: 'present', group: 'page', shown: ['S'], keys: ['s'] },
  { id: 'tours', group: 'page', shown: ['G'], keys: ['g'] },
  { id: 'keep', group: 'page', shown: ['V'], keys: ['v'] },
  { id: 'share', group: 'page', shown: ['K'], keys: ['k'] },
  { id: 'print', group: 'page', shown: ['P'], keys: ['p'] },
  { id: 'help', group: 'page', shown: ['?'], keys: ['?', '？'] },
  { id: 'close', group: 'page', shown: ['Esc'], keys: ['escape'] },
] as const satisfies readonly { id: string; group: ShortcutGroup; shown: readonly string[]; keys: readonly string[] }[];

/** What these do is done by a server; a bundle has none. */
export const NEEDS_SERVER: readonly string[] = ['export', 'picture', 'share'];

/** Keys that belong to the pen while something is drawn (`ui/drawer/ask/useDrawingKeys.ts`); listed here for the help sheet. */
export const DRAWING_KEYS = [
  { id: 'finish', shown: ['Enter'] },
  { id: 'cancel', shown: ['Esc'] },
  { id: 'undo', shown: ['Ctrl', 'Z'] },
  { id: 'redo', shown: ['Ctrl', 'Y'] },
] as const;

export type ShortcutId = (typeof SHORTCUTS)[number]['id'];

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/**
 * What a key press means. Never anything in a field, where letters are letters; and with single keys
 * switched off (WCAG 2.1.4) nothing but Escape.
 */
export function shortcutOf({ key, ctrlKey, metaKey, altKey }: Press, { typing, single }: { typing: boolean; single: boolean }): ShortcutId | null {
  if (typing || ctrlKey || metaKey || altKey) return null;
  const pressed = key.toLowerCase();
  if (!single && pressed !== 'escape') return null;
  return SHORTCUTS.find(({ keys }) => (keys as readonly string[]).includes(pressed))?.id ?? null;
}
