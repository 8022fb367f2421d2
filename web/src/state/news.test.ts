import { describe, expect, it } from 'vitest';
import type { DataStatus } from '../api/types';
import { newsOf } from './news';

const NONE: ReadonlySet<string> = new Set();
const status = (version: string, refused: DataStatus['refused'] = null): DataStatus => ({
  data_version: version, loaded_at: '2026-01-31T08:00:00Z', refused,
});
const refusal = (at: string): NonNullable<DataStatus['refused']> => ({
  at, count: 3, problems: [{ zh: '错误 yunyang/roles.csv:4: …', en: 'error yunyang/roles.csv:4: …' }],
});

describe('news of the data', () => {
  it('there_is_none_while_the_page_shows_what_is_served', () => {
    expect(newsOf('a', null, NONE)).toEqual([]);
    expect(newsOf('a', status('a'), NONE)).toEqual([]);
  });

  it('newer_data_is_news_until_it_is_put_away_and_the_next_version_is_news_again', () => {
    const [news] = newsOf('a', status('b'), NONE);
    expect(news?.kind).toBe('newer');
    const away = new Set([news?.id ?? '']);
    expect(newsOf('a', status('b'), away)).toEqual([]);
    expect(newsOf('a', status('c'), away)).toHaveLength(1);
  });

  it('a_refused_change_is_told_with_its_first_problem_and_each_anew', () => {
    const [news] = newsOf('a', status('a', refusal('t1')), NONE);
    expect(news).toMatchObject({ kind: 'refused', count: 3, first: { en: 'error yunyang/roles.csv:4: …' } });
    const away = new Set([news?.id ?? '']);
    expect(newsOf('a', status('a', refusal('t1')), away)).toEqual([]);
    expect(newsOf('a', status('a', refusal('t2')), away)).toHaveLength(1);
  });

  it('newer_data_comes_before_what_was_refused_since', () => {
    expect(newsOf('a', status('b', refusal('t')), NONE).map(({ kind }) => kind)).toEqual(['newer', 'refused']);
  });

  it('data_that_was_taken_back_is_no_news', () => {
    expect(newsOf('a', status('b'), NONE)).toHaveLength(1);
    expect(newsOf('a', status('a'), NONE)).toEqual([]);
  });
});
