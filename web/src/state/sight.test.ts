import { describe, expect, test } from 'vitest';
import { boundsAround, pixelOf } from './sight';

const view = { lon: 108.7, lat: 30.9, zoom: 9, bearing: 0 };

describe('what a map shows', () => {
  test('the_middle_of_the_view_stands_in_the_middle', () => {
    expect(pixelOf([108.7, 30.9], view, 800, 600)).toEqual({ x: 400, y: 300 });
  });

  test('east_is_right_north_is_up_and_a_world_of_512_pixels_doubles_with_each_zoom', () => {
    const { x, y } = pixelOf([109.7, 31.9], view, 800, 600);
    expect(x).toBeCloseTo(400 + (512 * 2 ** 9) / 360, 6);
    expect(y).toBeLessThan(300);
  });

  test('a_map_turned_by_a_quarter_shows_east_on_top', () => {
    const { x, y } = pixelOf([109.7, 30.9], { ...view, bearing: 90 }, 800, 600);
    expect(x).toBeCloseTo(400, 3);
    expect(y).toBeLessThan(-300);
  });

  test('bounds_hold_all_points_a_single_one_gets_room_and_none_has_none', () => {
    expect(boundsAround([[108, 31], [109, 30]])).toEqual([108, 30, 109, 31]);
    expect(boundsAround([[108, 31]])).toEqual([107.98, 30.98, 108.02, 31.02]);
    expect(boundsAround([])).toBeNull();
  });
});
