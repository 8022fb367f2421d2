/** The list of sites: what a word or an industry leaves of it, and how it falls into counties. */
import type { AroundCategory, Site } from '../api/sites';
import type { Term } from '../api/types';

/** Every word must occur somewhere: in a name, in the role, or in what is sought. */
export function sitesLeft(sites: readonly Site[], { words, industry }: { words: string; industry: string | null }): Site[] {
  const wanted = words.toLowerCase().split(/[\s,，、;；]+/).filter(Boolean);
  return sites.filter((site) => {
    if (industry && !site.industries.some(({ id }) => id === industry)) return false;
    const text = textOf(site);
    return wanted.every((word) => text.includes(word));
  });
}

const textOf = ({ place, title, title_en, sought, industries }: Site): string =>
  [place.name, place.name_en, title, title_en, ...[...sought, ...industries].flatMap(({ zh, en }) => [zh, en])].join('\n').toLowerCase();

/** The industries that are sought somewhere, the most frequent first. */
export function industriesOf(sites: readonly Site[]): { term: Term; count: number }[] {
  const counts = new Map<string, { term: Term; count: number }>();
  for (const term of sites.flatMap(({ industries }) => industries)) {
    const known = counts.get(term.id);
    if (known) known.count += 1;
    else counts.set(term.id, { term, count: 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

/** In the order of the plans, and within one as the plan lists them. */
export function byPlan(sites: readonly Site[], plans: readonly { id: string }[]): { plan: string; sites: Site[] }[] {
  const ids = [...new Set([...plans.map(({ id }) => id), ...sites.map(({ plan }) => plan)])];
  return ids.map((plan) => ({ plan, sites: sites.filter((site) => site.plan === plan) })).filter((group) => group.sites.length > 0);
}

/** Without the place that is looked around from; what holds nothing is told apart. */
export function aroundOthers(categories: readonly AroundCategory[], self: string | null): { full: AroundCategory[]; empty: AroundCategory[] } {
  const others = categories.map((category) => {
    const items = category.items.filter(({ id }) => id !== self);
    return { ...category, items, total: category.total - (category.items.length - items.length) };
  });
  return { full: others.filter(({ items }) => items.length > 0), empty: others.filter(({ items }) => items.length === 0) };
}
