/** In place of `convert/start-worker`. */
import { address } from 'virtual:worker/convert';

export const startWorker = (): Worker => new Worker(address);
