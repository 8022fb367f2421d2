/**
 * Questions put to the map: the open form, the drawings it may be about, the tool in hand, and the steps
 * back. Drawing itself is the map's, asking is the drawer's; here they meet.
 */
import { batch, computed, signal } from '@preact/signals';
import { add, EMPTY_BOARD, redo, remove, reshape, undo, type Board } from './board';
import { freshDraft, questionOf, subjectOf, type Draft, type QuestionKind } from './question';
import { decodeQuestion, encodeQuestion } from './question-address';
import { NO_REACH, type Reach } from './reach';
import type { Shape, Tool } from './shapes';

export function createAsk(address: string | null) {
  const restored = decodeQuestion(address);
  let named = 0;
  const newId = (): string => `drawing-${++named}`;

  const draft = signal<Draft | null>(restored?.draft ?? null);
  const board = signal<Board>(restored?.shape ? { ...EMPTY_BOARD, now: [{ id: newId(), shape: restored.shape }] } : EMPTY_BOARD);
  /** The drawing that the reader has pointed out, if it still exists. */
  const chosen = signal<string | null>(null);
  const tool = signal<Tool | null>(null);
  /** The drawing whose corners can be moved. */
  const editing = signal<string | null>(null);
  /** What the tool in hand has drawn so far. */
  const sketch = signal<Shape | null>(null);
  /** There was not enough to finish the drawing. */
  const tooFew = signal(false);
  /** The drawing tools could not be fetched. */
  const penFailed = signal(false);
  /** How far the answered question reaches. */
  const reach = signal<Reach>(NO_REACH);
  /** What a button asks of the tool in hand. */
  const gesture = signal<'finish' | 'back' | 'again' | null>(null);

  const subject = computed(() => (draft.value ? subjectOf(draft.value.kind, board.value.now, chosen.value) : null));
  const question = computed(() => (draft.value ? questionOf(draft.value, subject.value?.shape ?? null) : null));

  const change = (next: Board): void => {
    board.value = next;
    if (editing.value && !next.now.some(({ id }) => id === editing.value)) editing.value = null;
  };

  return {
    draft,
    board,
    chosen,
    tool,
    editing,
    sketch,
    tooFew,
    penFailed,
    reach,
    gesture,
    subject,
    question,
    drawings: computed(() => board.value.now),
    /** The pointer belongs to the drawing and not to the map. */
    atWork: computed(() => tool.value !== null || editing.value !== null),
    address: computed(() => (draft.value ? encodeQuestion(draft.value, subject.value?.shape ?? null) : null)),
    open(kind: QuestionKind | null) {
      this.rest();
      draft.value = kind && freshDraft(kind);
    },
    /** Changes the open form; what comes too late, from a form that has been left, changes nothing. */
    refine<K extends QuestionKind>(kind: K, part: Partial<Extract<Draft, { kind: K }>>) {
      const open = draft.value;
      if (open?.kind === kind) draft.value = { ...open, ...part };
    },
    /** Takes a tool in hand; the same one again puts it down. */
    take(next: Tool) {
      batch(() => {
        editing.value = null;
        sketch.value = null;
        tooFew.value = false;
        penFailed.value = false;
        tool.value = tool.value === next ? null : next;
      });
    },
    edit(id: string) {
      batch(() => {
        tool.value = null;
        sketch.value = null;
        chosen.value = id;
        editing.value = editing.value === id ? null : id;
      });
    },
    /** Puts down whatever is in hand; what was not finished is gone. */
    rest() {
      batch(() => {
        tool.value = null;
        editing.value = null;
        sketch.value = null;
      });
    },
    /** A new drawing; the form turns to it. */
    draw(shape: Shape, id = newId()) {
      batch(() => {
        change(add(board.value, { id, shape }));
        chosen.value = id;
        const open = draft.value;
        if (shape.tool === 'point' && (open?.kind === 'around' || open?.kind === 'nearest')) draft.value = { ...open, from: null };
        if (shape.tool === 'line' && open?.kind === 'corridor') draft.value = { ...open, along: null };
      });
    },
    reshape(id: string, shape: Shape) {
      change(reshape(board.value, id, shape));
    },
    remove(ids: readonly string[]) {
      batch(() => change(remove(board.value, ids)));
    },
    /** One step back: of the unfinished drawing if there is one, else of the finished ones. */
    back() {
      if (tool.value) gesture.value = 'back';
      else this.undo();
    },
    again() {
      if (tool.value) gesture.value = 'again';
      else this.redo();
    },
    undo() {
      batch(() => change(undo(board.value)));
    },
    redo() {
      batch(() => change(redo(board.value)));
    },
  };
}

export type Ask = ReturnType<typeof createAsk>;
