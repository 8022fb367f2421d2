/**
 * Weighs the built page as a browser with Chinese fonts of its own fetches it: the page, its scripts
 * and styles, gzipped. Exits 1 above the limit. The font slices, fetched only where a machine has no
 * Chinese font, are listed apart.
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

const onDemand = (file) => /\.woff2$|shipped-font/.test(file);
const kB = (bytes) => `${(bytes / 1000).toFixed(1).padStart(8)} kB`;

let page = 0;
for (const file of files.filter((name) => !onDemand(name)).sort()) {
  const size = gzipSync(readFileSync(file), { level: 9 }).length;
  page += size;
  console.log(`${kB(size)}  ${file.slice(dist.length + 1)}`);
}
const spare = files.filter(onDemand).reduce((sum, file) => sum + readFileSync(file).length, 0);
console.log(`${kB(page)}  page, gzipped (limit ${LIMIT / 1000} kB)`);
console.log(`${kB(spare)}  font slices, fetched one by one and only without a Chinese font`);
if (page > LIMIT) process.exit(1);
