/** Which indicators are listed, in which groups, and how many each value of a filter would leave. */
import type { Target, Term } from '../api/types';

export interface IndicatorChoice {
  industry: string | null;
  attribute: string | null;
  words: string;
}

export const ALL_INDICATORS: IndicatorChoice = { industry: null, attribute: null, words: '' };

/** A number is looked for among the numbers of the table first of all. */
export function isWanted(target: Target, { industry, attribute, words }: IndicatorChoice): boolean {
  if (industry !== null && target.industry?.id !== industry) return false;
  if (attribute !== null && target.attribute?.id !== attribute) return false;
  const text = [target.name, target.name_en, target.industry?.zh, target.industry?.en, target.attribute?.zh, target.attribute?.en, target.unit]
    .join(' ').normalize('NFKC').toLowerCase();
  return words.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean).every((word) => {
    const [, number] = /^(?:i|第|no\.?|#)?0*(\d{1,3})号?$/.exec(word) ?? [];
    return number !== undefined && Number(number) === target.no || ((number === undefined || number.length > 2) && text.includes(word));
  });
}

export interface IndicatorGroup {
  key: string;
  plan: string;
  industry: Term | null;
  targets: Target[];
}

/** In the order in which the plans list them. */
export function inGroups(targets: readonly Target[]): IndicatorGroup[] {
  const groups = new Map<string, IndicatorGroup>();
  for (const target of targets) {
    const key = `${target.plan} ${target.industry?.id ?? ''}`;
    const group = groups.get(key) ?? { key, plan: target.plan, industry: target.industry, targets: [] };
    group.targets.push(target);
    groups.set(key, group);
  }
  return [...groups.values()];
}

export interface Facet {
  term: Term;
  count: number;
}

/** Values of a property with how many indicators would be left, were it chosen beside the other filters. */
export function facetsOf(targets: readonly Target[], choice: IndicatorChoice, property: 'industry' | 'attribute'): Facet[] {
  const others = targets.filter((target) => isWanted(target, { ...choice, [property]: null }));
  const terms = new Map(targets.flatMap((target) => (target[property] ? [[target[property].id, target[property]] as const] : [])));
  return [...terms.values()].map((term) => ({ term, count: others.filter((target) => target[property]?.id === term.id).length }));
}
