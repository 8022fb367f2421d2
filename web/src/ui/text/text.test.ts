import { describe, expect, it } from 'vitest';
import { GROUPS, SHORTCUTS } from '../../state/shortcuts';
import { settingsText } from './settings';

describe('words', () => {
  it('every_shortcut_and_every_group_of_them_is_worded_in_both_languages', () => {
    for (const words of [settingsText.zh, settingsText.en]) {
      for (const { id } of SHORTCUTS) expect(words.shortcutNames[id], id).toBeTruthy();
      for (const group of GROUPS) expect(words.shortcutGroups[group], group).toBeTruthy();
    }
  });
});
