/** Which column names a feature: by its heading, as long as it holds something to read. */
import type { RawFeature } from './model';

const BY_RANK = [/^(name|名称|名字|title|标题)$/i, /^(name_zh|name_cn|项目名称|单位名称|地名|点位名称|企业名称|机构名称|村名|全称|简称)$/i, /名称$|^.{0,4}名$/, /name$/i, /^(乡镇|镇街|街道|村)$/];
const LOOKED_AT = 100;

export function namingOf(features: readonly RawFeature[]): string | null {
  const sample = features.slice(0, LOOKED_AT);
  const columns = [...new Set(sample.flatMap(({ properties }) => Object.keys(properties)))];
  const readable = columns.filter((column) => sample.some(({ properties }) => typeof properties[column] === 'string' && properties[column] !== ''));
  for (const pattern of BY_RANK) {
    const found = readable.find((column) => pattern.test(column));
    if (found !== undefined) return found;
  }
  return null;
}
