/** Lets the map ask the engine for tiles, as it asks a server elsewhere. */
import { addProtocol } from 'maplibre-gl';
import { ask } from './transport';

addProtocol('atlas', async ({ url }, abort) => {
  const { status, body } = await ask(url.slice('atlas://'.length));
  if (abort.signal.aborted) throw new DOMException('aborted', 'AbortError');
  if (status !== 200) throw new Error(`${url}: ${status}`);
  return { data: body };
});
