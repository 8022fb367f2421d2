/**
 * What the page must say of the data behind it: that newer data is there than it was opened with, and
 * that a change of the data folder was refused. Each piece of news can be put away; the next one is
 * told again.
 */
import type { DataStatus, Said } from '../api/types';

export type News =
  | { kind: 'newer'; id: string }
  | { kind: 'refused'; id: string; count: number; first: Said | null };

/**
 * `opened` is the data version that the page was opened with; `putAway` are ids of news that the reader
 * has seen enough of. Newer data comes first: taking it over may settle the rest.
 */
export function newsOf(opened: string, status: DataStatus | null, putAway: ReadonlySet<string>): News[] {
  if (!status) return [];
  const { data_version: version, refused } = status;
  const news: News[] = [];
  if (version !== opened) news.push({ kind: 'newer', id: `newer ${version}` });
  if (refused) news.push({ kind: 'refused', id: `refused ${refused.at}`, count: refused.count, first: refused.problems[0] ?? null });
  return news.filter(({ id }) => !putAway.has(id));
}
