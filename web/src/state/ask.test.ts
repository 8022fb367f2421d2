import { describe, expect, test } from 'vitest';
import { createAsk } from './ask';
import type { Shape } from './shapes';

const polygon: Shape = { tool: 'polygon', ring: [[108.6, 30.8], [109.3, 30.8], [109, 31.2]] };
const point: Shape = { tool: 'point', point: [108.7, 30.93] };

describe('asking', () => {
  test('a_link_opens_its_form_with_its_drawing_and_leaves_no_step_to_take_back', () => {
    const ask = createAsk('area~circle~108.7,30.93~15000');
    expect(ask.question.value).toEqual({ kind: 'area', shape: { tool: 'circle', centre: [108.7, 30.93], metres: 15_000 } });
    expect(ask.board.value.past).toEqual([]);
    expect(ask.address.value).toBe('area~circle~108.7,30.93~15000');
  });

  test('a_drawing_completes_the_open_question_and_undo_takes_it_away_again', () => {
    const ask = createAsk(null);
    ask.open('area');
    expect(ask.question.value).toBeNull();
    ask.draw(polygon);
    expect(ask.question.value).toEqual({ kind: 'area', shape: polygon });
    ask.back();
    expect(ask.question.value).toBeNull();
    ask.again();
    expect(ask.question.value).not.toBeNull();
  });

  test('a_point_on_the_map_replaces_the_place_and_the_other_way_round', () => {
    const ask = createAsk('around~500235143~5000');
    ask.draw(point);
    expect(ask.question.value).toMatchObject({ from: { point: [108.7, 30.93] } });
    ask.refine('around', { from: '500235004' });
    expect(ask.question.value).toMatchObject({ from: { place: '500235004' } });
  });

  test('what_comes_too_late_from_a_form_that_was_left_changes_nothing', () => {
    const ask = createAsk('around~500235143~5000');
    ask.open(null);
    ask.refine('around', { metres: 6_000 });
    expect(ask.draft.value).toBeNull();
    ask.open('pairs');
    ask.refine('around', { metres: 6_000 });
    expect(ask.draft.value?.kind).toBe('pairs');
  });

  test('with_a_tool_in_hand_a_step_back_is_the_tools_own', () => {
    const ask = createAsk(null);
    ask.open('area');
    ask.draw(polygon);
    ask.take('polygon');
    ask.back();
    expect(ask.gesture.value).toBe('back');
    expect(ask.drawings.value).toHaveLength(1);
  });

  test('removing_the_drawing_that_is_being_edited_ends_the_editing', () => {
    const ask = createAsk('area~circle~108.7,30.93~15000');
    const [drawing] = ask.drawings.value;
    ask.edit(drawing?.id ?? '');
    expect(ask.atWork.value).toBe(true);
    ask.remove([drawing?.id ?? '']);
    expect(ask.atWork.value).toBe(false);
  });

  test('the_same_tool_again_is_put_down', () => {
    const ask = createAsk(null);
    ask.take('line');
    expect(ask.tool.value).toBe('line');
    ask.take('line');
    expect(ask.tool.value).toBeNull();
  });
});
