/** The map's worker, which draws nothing and cuts tiles. */
import address from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';

export { address };
