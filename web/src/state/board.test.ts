import { describe, expect, test } from 'vitest';
import { add, EMPTY_BOARD, redo, remove, reshape, undo, type Drawing } from './board';

const point = (id: string, lon = 108): Drawing => ({ id, shape: { tool: 'point', point: [lon, 31] } });
const ids = (drawings: readonly Drawing[]): string[] => drawings.map(({ id }) => id);

describe('steps of drawing', () => {
  const two = add(add(EMPTY_BOARD, point('a')), point('b'));

  test('each_step_is_taken_back_and_made_again', () => {
    const moved = reshape(two, 'a', point('a', 109).shape);
    const gone = remove(moved, ['a']);
    expect(ids(gone.now)).toEqual(['b']);
    const back = undo(undo(gone));
    expect(back.now).toEqual(two.now);
    expect(redo(redo(back)).now).toEqual(gone.now);
    expect(undo(undo(back)).now).toEqual([]);
  });

  test('a_new_step_forgets_what_was_taken_back', () => {
    expect(redo(add(undo(two), point('c'))).now.map(({ id }) => id)).toEqual(['a', 'c']);
  });

  test('nothing_can_be_taken_back_from_nothing', () => {
    expect(undo(EMPTY_BOARD)).toEqual(EMPTY_BOARD);
    expect(redo(two)).toEqual(two);
  });

  test('removing_what_is_not_there_is_no_step', () => expect(remove(two, ['x'])).toBe(two));
});
