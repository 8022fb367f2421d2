/** All sites, and what their counties are called. */
import { api, type Atlas } from '../../api/client';
import type { Site } from '../../api/sites';
import { named, titled, type Language, type Worded } from '../../state/language';
import { useAtlas } from '../context';
import { useLoaded, type Loaded } from '../load';

export interface AllSites {
  items: readonly Site[];
  /** By id of their place. */
  at: ReadonlyMap<string, Site>;
  countyOf: (plan: string, language: Language) => Worded;
}

async function load(atlas: Atlas): Promise<AllSites> {
  const [{ items }, counties] = await Promise.all([api.sites(), api.counties()]);
  const places = new Map(counties.items.map((county) => [county.id, county]));
  return {
    items,
    at: new Map(items.map((site) => [site.place.id, site])),
    countyOf: (id, language) => {
      const plan = atlas.plans.find((one) => one.id === id);
      const county = places.get(plan?.county ?? '');
      return county ? named(language, county) : plan ? titled(language, plan) : { text: id, lang: language };
    },
  };
}

let here: AllSites | null = null;

/** At once where they have come before: the list does not blink each time the drawer is opened. */
export function useSites(): Loaded<AllSites> {
  const { atlas } = useAtlas();
  const loaded = useLoaded('sites', () => load(atlas).then((sites) => (here = sites)));
  return loaded.status === 'loading' && here ? { status: 'here', value: here } : loaded;
}
