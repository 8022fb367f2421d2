/**
 * Builds the page of a bundle into `offline/`: one file with script and style, because a page that is opened from a
 * disk may load no modules. Workers become texts within the script. The engine is put beside it where `make engine`
 * has built it.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const out = here('offline');

/** Modules that a bundle has others for. */
const INSTEAD = {
  '/src/api/transport.ts': here('src/offline/transport.ts'),
  '/src/map/shipped-font.ts': here('src/offline/shipped-font.ts'),
  '/src/map/map-worker.ts': here('src/offline/map-worker.ts'),
  '/src/convert/start-worker.ts': here('src/offline/start-worker.ts'),
};

const WORKERS = {
  engine: here('src/offline/engine-worker.ts'),
  convert: here('src/convert/worker.ts'),
  map: here('node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs'),
};

const replacing = {
  name: 'instead',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    if (source.startsWith('virtual:worker/')) return `\0${source}`;
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    const other = Object.entries(INSTEAD).find(([path]) => found?.id.split('?')[0].endsWith(path));
    return other && !importer?.includes('/src/offline/') ? other[1] : found;
  },
};

const common = {
  configFile: false,
  root: here(''),
  // Workers are built as plain scripts, which leave out what only modules have; nothing misses it.
  logLevel: 'error',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
};

const settings = (input, format = 'iife') => ({
  target: 'es2022', write: false, assetsInlineLimit: () => true, cssCodeSplit: false,
  rolldownOptions: { input, output: { format, codeSplitting: false, entryFileNames: 'app.js', assetFileNames: 'app.[ext]' } },
});

/** A worker as one text. */
async function workerText(input) {
  const { output } = await build({ ...common, plugins: [replacing], build: settings(input) });
  return output.find(({ type }) => type === 'chunk').code;
}

const texts = {};
for (const [name, input] of Object.entries(WORKERS)) texts[name] = await workerText(input);

const workers = {
  name: 'workers',
  load(id) {
    const name = id.startsWith('\0virtual:worker/') && id.split('/').pop();
    if (!name) return undefined;
    return `export const address = URL.createObjectURL(new Blob([${JSON.stringify(texts[name])}], { type: 'text/javascript' }));`;
  },
};

const { output } = await build({ ...common, plugins: [replacing, workers], build: settings(here('src/offline/main.ts'), 'es') });
const script = output.find(({ type }) => type === 'chunk').code;
const style = output.filter(({ fileName }) => fileName.endsWith('.css')).map(({ source }) => source).join('\n');
// Within a page, these words would end the script or the style.
const page = readFileSync(here('offline.html'), 'utf8')
  .replace('<!-- style -->', () => `<style>${style.replaceAll('</style', '<\\/style')}</style>`)
  .replace('<!-- script -->', () => `<script type="module">${script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}</script>`);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
writeFileSync(`${out}/index.html`, page);
copyFileSync(here('public/seal.svg'), `${out}/seal.svg`);
const engine = here('../target/wasm32-unknown-unknown/page/plan_atlas_engine.wasm');
if (existsSync(engine)) copyFileSync(engine, `${out}/engine.wasm`);
else console.warn('the engine is not built (make engine): bundles cannot be written with this page');
