/**
 * A converted layer as vector tiles, cut when the map asks for them. The map's own GeoJSON source would
 * carry every feature through the page once more; this way only what is on the screen ever gets there.
 */
import { GeoJSONVT, type GeoJSONVTOptions } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { Drawn } from './finish';

/** As MapLibre cuts GeoJSON: a finer grid than that of tiles from a server, and less is simplified. */
const EXTENT = 8192;
const PER_PIXEL = EXTENT / 512;
const MAX_ZOOM = 14;
/** Clusters fall apart at this zoom; where points share a spot they stay together to the end. */
const CLUSTER_TO = 13;
const CLUSTER_RADIUS = 44;

export interface Tiles {
  tile: (z: number, x: number, y: number) => ArrayBuffer;
  /** The zoom at which a cluster falls apart. */
  expansion: (cluster: number) => number;
  /** Numbers of the features in a cluster. */
  members: (cluster: number, limit: number) => number[];
}

export function cut(drawn: readonly Drawn[], clustered: boolean): Tiles {
  const options: GeoJSONVTOptions = {
    maxZoom: MAX_ZOOM, extent: EXTENT, buffer: (clustered ? 64 : 128) * PER_PIXEL, tolerance: 0.375 * PER_PIXEL, promoteId: 'i',
    cluster: clustered, clusterOptions: { maxZoom: CLUSTER_TO, radius: CLUSTER_RADIUS * PER_PIXEL, extent: EXTENT, minPoints: 2 },
  };
  const index = new GeoJSONVT({ type: 'FeatureCollection', features: [...drawn] }, options);
  return {
    tile: (z, x, y) => {
      const tile = index.getTile(z, x, y);
      return tile ? (fromGeojsonVt({ own: tile }, { version: 2, extent: EXTENT }).slice().buffer as ArrayBuffer) : new ArrayBuffer(0);
    },
    expansion: (cluster) => index.getClusterExpansionZoom(cluster) ?? CLUSTER_TO + 1,
    members: (cluster, limit) => (index.getClusterLeaves(cluster, limit, 0) ?? []).map(({ properties }) => Number(properties?.['i'])),
  };
}
