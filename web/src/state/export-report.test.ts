import { describe, expect, it } from 'vitest';
import type { Loss } from '../api/export';
import { formatBytes, lossGroups, lossLines, percentOf, reallyRenamed } from './export-report';

const named = (title: string) => ({ title, title_en: title.toUpperCase() });
const loss = (kind: Loss['kind'], more: Partial<Loss> = {}): Loss => ({ kind, label: kind, label_en: kind, layer: 'herbs', layer_title: '药材', field: null, title: null, title_en: null, count: 1, examples: [], ...more });

describe('the loss report', () => {
  it('what_stays_behind_comes_before_what_only_changes', () => {
    const groups = lossGroups([loss('renamed', { count: 3 }), loss('nulls'), loss('truncated'), loss('unlocated', { count: 4 }), loss('renamed', { count: 2 })]);
    expect(groups.map(({ kind, weight, count }) => [kind, weight, count])).toEqual([
      ['unlocated', 'left', 4], ['truncated', 'left', 1], ['renamed', 'changed', 5], ['nulls', 'changed', 1],
    ]);
  });

  it('a_kind_that_is_new_here_is_shown_with_the_words_of_the_server', () => {
    expect(lossGroups([loss('unheard-of' as Loss['kind'], { label: '新的一种' })])).toMatchObject([{ weight: 'changed', label: '新的一种' }]);
  });

  it('fields_without_examples_stand_together_layer_by_layer', () => {
    const lines = lossLines([
      loss('flattened', named('roles')), loss('flattened', named('herbs')), loss('flattened', { layer: 'medical', ...named('roles') }),
      loss('flattened', { ...named('tasks'), count: 2, examples: ['x'] }),
    ]);
    expect(lines).toEqual([
      { layer: 'herbs', fields: [named('roles'), named('herbs')], count: 2, examples: [] },
      { layer: 'medical', fields: [named('roles')], count: 1, examples: [] },
      { layer: 'herbs', fields: [named('tasks')], count: 2, examples: ['x'] },
    ]);
  });

  it('a_field_under_its_own_name_is_not_renamed', () => {
    const field = (title: string, written: string) => ({ layer: 'herbs', key: written, title, title_en: title, written, kind: '' });
    expect(reallyRenamed([field('名称', '名称'), field('位置精度', '精度')])).toEqual([field('位置精度', '精度')]);
  });
});

describe('progress', () => {
  it('a_hundred_per_cent_means_all_of_it', () => {
    expect(percentOf(0, 1_000)).toBe(0);
    expect(percentOf(999, 1_000)).toBe(99);
    expect(percentOf(1_000, 1_000)).toBe(100);
    expect(percentOf(5, null)).toBeNull();
  });

  it('bytes_are_written_as_file_managers_write_them', () => {
    expect(formatBytes(0, 'zh')).toBe('0 B');
    expect(formatBytes(999, 'zh')).toBe('999 B');
    expect(formatBytes(286_720, 'en')).toBe('280 KB');
    expect(formatBytes(1_468_006, 'en')).toBe('1.4 MB');
  });
});
