/**
 * Weighs the built page as a browser with Chinese fonts of its own fetches it before anybody clicks: the page, what
 * it names, and the map's worker, gzipped. Exits 1 above the limit. What is fetched when it is first used (charts,
 * drawing, formats that layers are brought along in), and the font slices, which only a machine without a Chinese
 * font fetches, are listed apart.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMIT = 700_000;
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));

const isFont = (file) => /\.woff2$|shipped-font/.test(file);
const kB = (bytes) => `${(bytes / 1000).toFixed(1).padStart(8)} kB`;
const gzipped = (file) => gzipSync(readFileSync(file), { level: 9 }).length;
const named = readFileSync(join(dist, 'index.html'), 'utf8');
const isFirst = (file) => {
  const name = file.slice(dist.length + 1);
  return name === 'index.html' || named.includes(name) || name.includes('maplibre-gl-worker');
};

let page = 0;
let later = 0;
for (const file of files.filter((name) => !isFont(name)).sort()) {
  const size = gzipped(file);
  if (isFirst(file)) page += size;
  else later += size;
  console.log(`${kB(size)}  ${isFirst(file) ? '' : '(on first use) '}${file.slice(dist.length + 1)}`);
}
const spare = files.filter(isFont).reduce((sum, file) => sum + readFileSync(file).length, 0);
console.log(`${kB(page)}  page, gzipped (limit ${LIMIT / 1000} kB)`);
console.log(`${kB(later)}  fetched when first used, gzipped`);
console.log(`${kB(spare)}  font slices, fetched one by one and only without a Chinese font`);
if (page > LIMIT) process.exit(1);
