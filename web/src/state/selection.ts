/**
 * What the reader has chosen: nothing, a place, a record of a plan, a place as a site for investors, or what lies
 * around a spot. A discriminated union, so that "a place and a project at once" cannot be written down.
 *
 * The id of a site is that of its place; the id of a spot is a place too, or a position like `108.69331,30.93117`.
 */
export const SELECTABLE = ['place', 'project', 'target', 'task', 'organisation', 'discrepancy', 'site', 'around'] as const;
export type SelectionKind = (typeof SELECTABLE)[number];

export type Selection = { kind: 'none' } | { kind: SelectionKind; id: string };

export const NOTHING: Selection = { kind: 'none' };

export type SelectionAction = { type: 'choose'; kind: SelectionKind; id: string } | { type: 'clear' };

/** Choosing what is chosen already, or clearing nothing, gives back the same object: no history entry. */
export function reduceSelection(current: Selection, action: SelectionAction): Selection {
  if (action.type === 'clear') return current.kind === 'none' ? current : NOTHING;
  const next: Selection = { kind: action.kind, id: action.id };
  return sameSelection(current, next) ? current : next;
}

export function sameSelection(a: Selection, b: Selection): boolean {
  if (a.kind === 'none' || b.kind === 'none') return a.kind === b.kind;
  return a.kind === b.kind && a.id === b.id;
}
