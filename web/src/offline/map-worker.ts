/** In place of `map/map-worker`. */
export { address } from 'virtual:worker/map';
