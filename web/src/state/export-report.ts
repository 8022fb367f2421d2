/** What a format cannot carry, sorted for reading: what stays behind first, then what comes along otherwise. */
import type { FieldName, Loss } from '../api/export';
import type { Language } from './language';

export type Weight = 'left' | 'changed';

const LEFT: readonly string[] = ['unlocated', 'outside', 'records', 'attributes', 'truncated', 'characters'];

export interface LossGroup {
  kind: string;
  weight: Weight;
  /** The server's own words for it. */
  label: string;
  label_en: string;
  count: number;
  losses: readonly Loss[];
}

export function lossGroups(losses: readonly Loss[]): readonly LossGroup[] {
  const groups = new Map<string, Loss[]>();
  for (const loss of losses) groups.set(loss.kind, [...(groups.get(loss.kind) ?? []), loss]);
  const all = [...groups].map(([kind, of]): LossGroup => ({
    kind, weight: LEFT.includes(kind) ? 'left' : 'changed', label: of[0]?.label ?? kind, label_en: of[0]?.label_en ?? kind,
    count: of.reduce((sum, { count }) => sum + count, 0), losses: of,
  }));
  const rank = ({ kind }: LossGroup): number => (LEFT.includes(kind) ? LEFT.indexOf(kind) : LEFT.length);
  return all.sort((a, b) => rank(a) - rank(b));
}

export interface LossLine {
  layer: string;
  fields: readonly { title: string; title_en: string | null }[];
  count: number;
  examples: readonly string[];
}

/** A line to each loss that has examples; fields that have nothing to show stand together. */
export function lossLines(losses: readonly Loss[]): readonly LossLine[] {
  const lines: LossLine[] = [];
  for (const { layer, title, title_en = null, count, examples } of losses) {
    const at = examples.length ? -1 : lines.findIndex((line) => line.layer === layer && line.examples.length === 0);
    const known = lines[at];
    const fields = title == null ? [] : [{ title, title_en }];
    if (known) lines[at] = { ...known, fields: [...known.fields, ...fields], count: known.count + count };
    else lines.push({ layer, fields, count, examples });
  }
  return lines;
}

/** Fields that stand in the file under another name than the reader knows, once each. */
export function reallyRenamed(fields: readonly FieldName[]): readonly FieldName[] {
  return fields.filter(({ title, written }) => title !== written);
}

const UNITS = ['B', 'KB', 'MB', 'GB'];

/** `1.4 MB`, as file managers count. */
export function formatBytes(bytes: number, language: Language): string {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log(bytes) / Math.log(1024)));
  const value = bytes / 1024 ** power;
  const digits = power === 0 || value >= 100 ? 0 : 1;
  return `${new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { maximumFractionDigits: digits }).format(value)} ${UNITS[power] ?? ''}`;
}

/** Whole per cent that have come; a hundred only once everything has. */
export function percentOf(come: number, total: number | null): number | null {
  if (!total) return null;
  return come >= total ? 100 : Math.min(99, Math.floor((come / total) * 100));
}
