/** The slices of Noto Sans SC: address and characters of each. Loaded only by `fonts.ts`, on need. */
import ranges from '@fontsource-variable/noto-sans-sc/unicode.json';

const files = import.meta.glob<string>('/node_modules/@fontsource-variable/noto-sans-sc/files/*-wght-normal.woff2', {
  query: '?url', import: 'default', eager: true,
});

/** File names read `noto-sans-sc-4-wght-normal.woff2`; the table's keys are `[4]` or `latin`. */
export const slices = Object.entries(files).flatMap(([path, url]) => {
  const slice = /noto-sans-sc-(.+)-wght-normal\.woff2$/.exec(path)?.[1] ?? '';
  const table = ranges as Record<string, string>;
  const covered = table[`[${slice}]`] ?? table[slice];
  return covered ? [{ url: new URL(url, document.baseURI).href, ranges: covered.split(',') }] : [];
});
