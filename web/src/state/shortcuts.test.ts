import { describe, expect, it } from 'vitest';
import { SHORTCUTS, shortcutOf } from './shortcuts';

const press = (key: string, held: object = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });
const anywhere = { typing: false, single: true };

describe('shortcuts', () => {
  it('no_key_means_two_things', () => {
    const keys = SHORTCUTS.flatMap((shortcut) => [...shortcut.keys]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('what_the_help_sheet_shows_is_what_the_key_does', () => {
    for (const { id, shown } of SHORTCUTS) {
      for (const key of shown) expect(shortcutOf(press(key === 'Esc' ? 'Escape' : key), anywhere)).toBe(id);
    }
  });

  it('letters_in_a_field_stay_letters', () => {
    expect(shortcutOf(press('t'), { typing: true, single: true })).toBeNull();
    expect(shortcutOf(press('Escape'), { typing: true, single: true })).toBeNull();
  });

  it('keys_held_with_control_belong_to_the_browser', () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) expect(shortcutOf(press('p', held), anywhere)).toBeNull();
  });

  it('single_keys_can_be_switched_off_and_escape_stays', () => {
    expect(shortcutOf(press('t'), { typing: false, single: false })).toBeNull();
    expect(shortcutOf(press('?'), { typing: false, single: false })).toBeNull();
    expect(shortcutOf(press('Escape'), { typing: false, single: false })).toBe('close');
  });

  it('a_chinese_keyboard_works_too', () => {
    expect(shortcutOf(press('？'), anywhere)).toBe('help');
    expect(shortcutOf(press('、'), anywhere)).toBe('search');
    expect(shortcutOf(press('L'), anywhere)).toBe('layers');
  });
});
