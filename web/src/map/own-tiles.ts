/** Tiles of own layers: asked for by MapLibre under an address of their own, cut by the worker that made the layer. */
import { addProtocol, removeProtocol } from 'maplibre-gl';
import type { Store } from '../state/store';
import { OWN_PROTOCOL } from './own';

export function serveOwnTiles(store: Store): () => void {
  addProtocol(OWN_PROTOCOL, async ({ url }) => {
    const [, id = '', z = '', x = '', y = ''] = /^own:\/\/([^/]+)\/\d+\/(\d+)\/(\d+)\/(\d+)/.exec(url) ?? [];
    const layer = store.mine.byId.peek().get(id);
    // A layer that has just been taken away may still be asked for.
    return { data: layer ? await layer.tile(Number(z), Number(x), Number(y)) : new ArrayBuffer(0) };
  });
  return () => removeProtocol(OWN_PROTOCOL);
}
