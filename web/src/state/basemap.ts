/** The grounds that an atlas offers: which of them can be drawn, and from which addresses. */
import type { Atlas, Basemap } from '../api/types';

/** All but "none", which is the atlas's own ground. */
export const groundsOf = (atlas: Atlas): Basemap[] => atlas.basemaps.filter(({ kind }) => kind !== 'none');

/** All grounds of 天地图 take the same key. */
export const keyName = ({ id, kind }: Pick<Basemap, 'id' | 'kind'>): string => (kind === 'tianditu' ? kind : id);

export type Readiness = 'ready' | 'needs-key' | 'refused';

export function readiness(basemap: Basemap, keys: Readonly<Record<string, string>>): Readiness {
  if (basemap.refused) return 'refused';
  return basemap.needs_key && !keys[keyName(basemap)] ? 'needs-key' : 'ready';
}

/** The ground to be drawn now: chosen, known, not refused and, where it needs one, with a key. */
export function groundOf(atlas: Atlas, id: string | null, keys: Readonly<Record<string, string>>): Basemap | null {
  const basemap = groundsOf(atlas).find((one) => one.id === id);
  return basemap && readiness(basemap, keys) === 'ready' ? basemap : null;
}

export function addressesOf(templates: readonly string[], key: string | undefined, origin: string): string[] {
  return templates.map((address) => (address.startsWith('/') ? origin : '') + address.replaceAll('{key}', encodeURIComponent(key ?? '')));
}

/** Hosts other than our own that the ground is fetched from, each once. */
export function hostsOf({ tiles }: Basemap): string[] {
  const hosts = tiles.flatMap((address) => /^https?:\/\/([^/]+)/.exec(address)?.[1] ?? []);
  // t0.tianditu.gov.cn to t7, a. to c.: one site.
  return [...new Set(hosts.map((host) => host.replace(/^[a-z]?\d?(\{[^}]*\})?\.(?=[^.]+\.)/, '')))];
}
