/** Workers as addresses of text that `scripts/offline.mjs` builds into the page: from a disk none can be loaded. */
declare module 'virtual:worker/*' {
  export const address: string;
}
