import { describe, expect, it } from 'vitest';
import { decodeTour, encodeTour, moved, presenterKey, swiped } from './tour';

const press = (key: string, held: object = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });
const anywhere = { onButton: false, single: true };

describe('a guided tour', () => {
  it('a_stop_survives_the_address', () => {
    const at = { tour: 'herb-industry', stop: 4 };
    expect(decodeTour(new URLSearchParams(encodeTour(at)))).toEqual(at);
    expect(decodeTour(new URLSearchParams('tour=yunyang'))).toEqual({ tour: 'yunyang', stop: 1 });
    for (const odd of ['0', '-2', '2.5', 'x', '']) expect(decodeTour(new URLSearchParams({ tour: 'yunyang', stop: odd }))?.stop).toBe(1);
    expect(decodeTour(new URLSearchParams('stop=3'))).toBeNull();
  });

  it('walking_on_ends_at_either_end', () => {
    expect(moved(1, 'next', 9)).toBe(2);
    expect(moved(9, 'next', 9)).toBe(9);
    expect(moved(1, 'back', 9)).toBe(1);
    expect(moved(4, 'first', 9)).toBe(1);
    expect(moved(4, 'last', 9)).toBe(9);
    // A link to a stop that is no longer there stands at the last one.
    expect(moved(30, 'back', 9)).toBe(8);
  });

  it('arrow_keys_and_clickers_lead_on', () => {
    for (const key of ['ArrowRight', 'ArrowDown', 'PageDown', ' ', 'Enter']) expect(presenterKey(press(key), anywhere)).toBe('next');
    for (const key of ['ArrowLeft', 'ArrowUp', 'PageUp', 'Backspace']) expect(presenterKey(press(key), anywhere)).toBe('back');
    expect(presenterKey(press('Home'), anywhere)).toBe('first');
    expect(presenterKey(press('End'), anywhere)).toBe('last');
    expect(presenterKey(press('Escape'), anywhere)).toBe('leave');
    expect(presenterKey(press('F5'), anywhere)).toBe('full');
    for (const key of ['.', 'b', 'B']) expect(presenterKey(press(key), anywhere)).toBe('dark');
  });

  it('a_focused_button_keeps_the_keys_that_press_it', () => {
    expect(presenterKey(press(' '), { onButton: true, single: true })).toBeNull();
    expect(presenterKey(press('Enter'), { onButton: true, single: true })).toBeNull();
    expect(presenterKey(press('PageDown'), { onButton: true, single: true })).toBe('next');
  });

  it('letters_can_be_switched_off_and_control_belongs_to_the_browser', () => {
    expect(presenterKey(press('b'), { onButton: false, single: false })).toBeNull();
    expect(presenterKey(press('PageDown'), { onButton: false, single: false })).toBe('next');
    expect(presenterKey(press('F5', { ctrlKey: true }), anywhere)).toBeNull();
  });

  it('a_finger_turns_the_page_and_scrolling_does_not', () => {
    expect(swiped(-120, 10)).toBe('next');
    expect(swiped(90, -20)).toBe('back');
    expect(swiped(-30, 0)).toBeNull();
    expect(swiped(-120, 200)).toBeNull();
  });
});
