import { describe, expect, test } from 'vitest';
import { coincident, crowdingAt, fan, fanRadius, FAN_ZOOM, OPEN_ZOOM, stacksAt, type Standing } from './stacks';

const TOWN: [number, number] = [108.69332, 30.93295];
const at = (id: string, lon: number, lat: number): Standing => ({ id, point: [lon, lat] });
const inTown = (count: number): Standing[] => Array.from({ length: count }, (_, i) => ({ id: `town-${i}`, point: TOWN }));

describe('crowded places', () => {
  test('places_on_one_spot_are_found_and_lonely_ones_are_not', () => {
    expect(coincident([...inTown(3), at('far', 109, 31)])).toEqual([{ point: TOWN, ids: ['town-0', 'town-1', 'town-2'] }]);
  });

  test('no_place_is_lost_and_none_is_in_two_crowds_at_any_zoom', () => {
    const places = [...inTown(60), ...Array.from({ length: 200 }, (_, i) => at(`p${i}`, 108.5 + (i % 20) * 0.031, 30.7 + Math.floor(i / 20) * 0.023))];
    for (const zoom of [5, 8, 10, FAN_ZOOM, 12, OPEN_ZOOM]) {
      const { stacks, fans } = crowdingAt(places, zoom);
      const ids = [...stacks, ...fans].flatMap((stack) => stack.ids);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => id.startsWith('town')).length).toBe(60);
    }
  });

  test('what_stacks_from_afar_separates_when_near', () => {
    const places = [at('a', 108.7, 30.9), at('b', 108.71, 30.9)];
    expect(stacksAt(places, 7, 13)).toHaveLength(1);
    expect(stacksAt(places, 11, 13)).toHaveLength(0);
  });

  test('a_small_group_is_fanned_earlier_than_a_large_one', () => {
    expect(crowdingAt(inTown(4), FAN_ZOOM).fans).toHaveLength(1);
    expect(crowdingAt(inTown(60), FAN_ZOOM)).toMatchObject({ stacks: [{ ids: { length: 60 } }], fans: [] });
    expect(crowdingAt(inTown(60), OPEN_ZOOM)).toMatchObject({ stacks: [], fans: [{ ids: { length: 60 } }] });
  });
});

describe('a fan', () => {
  test('has_a_seat_for_everyone_and_no_two_share_it', () => {
    for (const count of [2, 6, 7, 19, 60]) {
      const seats = fan(count);
      expect(seats).toHaveLength(count);
      for (const [i, [x, y]] of seats.entries()) {
        for (const [u, v] of seats.slice(i + 1)) expect(Math.hypot(x - u, y - v)).toBeGreaterThan(15);
      }
    }
  });

  test('is_enclosed_by_its_disc', () => {
    for (const count of [2, 7, 18, 19, 60]) {
      const reach = Math.max(...fan(count).map(([x, y]) => Math.hypot(x, y)));
      expect(fanRadius(count)).toBeGreaterThan(reach + 8);
    }
  });
});
