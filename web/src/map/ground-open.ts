/**
 * Opens the ground that the reader has chosen: pictures from elsewhere, or pictures or vector tiles out
 * of an archive on our own server. What cannot be opened is reported, and the atlas stays as it is.
 */
import { effect, signal, type ReadonlySignal } from '@preact/signals';
import { addProtocol, type ErrorEvent, type LayerSpecification, type RasterSourceSpecification } from 'maplibre-gl';
import type { Protocol } from 'pmtiles';
import type { Atlas, Basemap } from '../api/types';
import { addressesOf, groundOf, keyName } from '../state/basemap';
import type { Store } from '../state/store';
import { GROUND_NAMES, GROUND_SOURCE, type Ground } from './ground';
import { quietly } from './ground-vector';

/** Follows the reader's choice; what cannot be opened is reported and left out. */
export function watchGround(atlas: Atlas, store: Store): { ground: ReadonlySignal<Ground | null>; stop: () => void } {
  const ground = signal<Ground | null>(null);
  let wanted: Basemap | null = null;
  const stop = effect(() => {
    const { keys, groundNames } = store.settings;
    const basemap = groundOf(atlas, store.ground.value, keys.value);
    const key = basemap ? keys.value[keyName(basemap)] : undefined;
    wanted = basemap;
    store.groundFailed.value = false;
    if (!basemap) {
      ground.value = null;
      return;
    }
    open(basemap, key, groundNames.value).then(
      (opened) => {
        if (wanted === basemap) ground.value = opened;
      },
      () => {
        if (wanted === basemap) store.groundFailed.value = true;
      },
    );
  });
  return { ground, stop };
}

/** Whether a failure is the ground's; the atlas itself is then unharmed. */
export const isGroundError = (event: ErrorEvent): boolean => [GROUND_SOURCE, GROUND_NAMES].includes((event as { sourceId?: string }).sourceId ?? '');

async function open(basemap: Basemap, key: string | undefined, named: boolean): Promise<Ground> {
  const { origin } = window.location;
  if (basemap.kind === 'pmtiles' && basemap.pmtiles) return openArchive(new URL(basemap.pmtiles, origin).href, basemap);
  const raster = (templates: readonly string[]): RasterSourceSpecification =>
    ({ type: 'raster', tiles: addressesOf(templates, key, origin), tileSize: basemap.tile_size, maxzoom: basemap.max_zoom });
  return {
    sources: { [GROUND_SOURCE]: raster(basemap.tiles), ...(named && basemap.labels.length > 0 && { [GROUND_NAMES]: raster(basemap.labels) }) },
    layers: [picture(GROUND_SOURCE), ...(named && basemap.labels.length > 0 ? [picture(GROUND_NAMES)] : [])],
  };
}

const picture = (source: string): LayerSpecification => ({ id: `${source}/picture`, type: 'raster', source });

const VECTOR_TILES = 1;
let protocol: Protocol | null = null;

/** The reader of the archive format is fetched only when an archive is opened. */
async function openArchive(address: string, basemap: Basemap): Promise<Ground> {
  const { PMTiles, Protocol } = await import('pmtiles');
  if (!protocol) {
    protocol = new Protocol();
    addProtocol('pmtiles', protocol.tile);
  }
  const archive = new PMTiles(address);
  protocol.add(archive);
  const { tileType, maxZoom } = await archive.getHeader();
  const url = `pmtiles://${address}`;
  if (tileType !== VECTOR_TILES) {
    return { sources: { [GROUND_SOURCE]: { type: 'raster', url, tileSize: basemap.tile_size, maxzoom: maxZoom } }, layers: [picture(GROUND_SOURCE)] };
  }
  const metadata = (await archive.getMetadata()) as { vector_layers?: { id: string }[] };
  return { sources: { [GROUND_SOURCE]: { type: 'vector', url } }, layers: quietly(GROUND_SOURCE, (metadata.vector_layers ?? []).map(({ id }) => id)) };
}
