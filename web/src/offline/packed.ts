/** What the scripts beside the page hand over: gzip in base64, because a page from a disk may fetch no files. */

declare global {
  // eslint-disable-next-line no-var
  var planAtlas: { engine?: string; atlas?: string; about?: { data_version: string; audience: string; reports: boolean } };
}

/** Unpacks one of them, and lets go of the text. */
export async function packed(name: 'engine' | 'atlas'): Promise<ArrayBuffer> {
  const text = planAtlas[name];
  if (!text) throw new Error(`data/${name}.js is not there, or was changed: copy the folder whole`);
  delete planAtlas[name];
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(unpacked).arrayBuffer();
}
