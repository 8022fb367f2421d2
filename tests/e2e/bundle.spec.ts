/** The atlas taken along: a folder on a disk, double-clicked, on a machine without any network. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test, type BrowserContext } from '@playwright/test';
import { AtlasPage } from './atlas.js';

const PROGRAM = process.env['PLAN_ATLAS_PROGRAM'] ?? '../../target/debug/plan-atlas';

let folder = '';
const page = (words = ''): string => pathToFileURL(join(folder, 'bundle', 'index.html')).href + words;

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plan-atlas-bundle-'));
  execFileSync(PROGRAM, ['bundle', '--data', '../../geodata', '--out', join(folder, 'bundle'), '--no-reports'], { stdio: 'ignore' });
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** No network at all; whatever is asked of one is noted. */
async function cutOff(context: BrowserContext): Promise<string[]> {
  const asked: string[] = [];
  await context.setOffline(true);
  await context.route(/^https?:/, (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  return asked;
}

const WORDS = {
  zh: {
    cluster: '水口组团', tab: '招商', straight: '直线距离，非路程', km: (n: number) => `${n} 公里`, keep: '加入备选', export: '导出', tours: '讲解',
    start: /开始讲解：云阳/, tick: (name: string) => `选入比较：${name}`, compare: '比较所选', table: '载体比较', only: '只看不同', same: '= 相同',
    others: ['黄岭组团', '凤鸣组团'], find: /盘龙街道/, found: '盘龙街道', rows: '表格',
  },
  en: {
    cluster: 'Shuikou Cluster', tab: 'Sites', straight: 'straight lines, not routes', km: (n: number) => `${n} km`, keep: 'Shortlist', export: 'Export', tours: 'Guided tours',
    start: /Start the tour: Yunyang/, tick: (name: string) => `Select for comparison: ${name}`, compare: 'Compare', table: 'Sites compared', only: 'Differences only', same: '= the same',
    others: ['Huangling Cluster', 'Fengming Cluster'], find: /Panlong/, found: 'Panlong', rows: 'Table',
  },
} as const;

for (const lang of ['zh', 'en'] as const) {
  test(`an investor is taken from the county to the Shuikou cluster, without any network (${lang})`, async ({ page: tab, context }) => {
    test.slow();
    const words = WORDS[lang];
    tab.setDefaultTimeout(30_000);
    const asked = await cutOff(context);
    const atlas = new AtlasPage(tab, lang);
    await atlas.open(page(`?lang=${lang}`));

    // Found by the initials of its pinyin.
    await atlas.find('pl', words.find);
    await expect(atlas.details.getByRole('heading', { level: 2 })).toContainText(words.found);
    await atlas.settled();

    // A click on the map asks the engine what is there.
    await tab.keyboard.press('0');
    await atlas.settled();
    await atlas.clickMap(108.95, 31.1);
    await expect(atlas.details.getByRole('heading', { level: 2 })).not.toContainText(words.found);

    // From the county to the cluster by arrow keys.
    await tab.getByRole('button', { name: words.tours, exact: true }).click();
    await tab.getByRole('button', { name: words.start }).click();
    const heading = tab.getByRole('heading', { level: 1 });
    for (let stop = 1; stop < 15 && !(await heading.textContent())?.toLowerCase().includes(words.cluster.toLowerCase()); stop++) await tab.keyboard.press('ArrowRight');
    await expect(heading).toContainText(words.cluster, { ignoreCase: true });
    await atlas.settled();
    await tab.keyboard.press('Escape');

    // Its card, and what is around it.
    await tab.keyboard.press('z');
    await expect(tab.getByRole('tab', { name: words.tab })).toHaveAttribute('aria-selected', 'true');
    await tab.locator('.site-open').filter({ has: tab.getByText(words.cluster, { exact: true }) }).click();
    await atlas.expectPanel(words.cluster);
    await expect(atlas.details.getByText(words.straight)).toHaveCount(1);
    const counts = atlas.details.locator('.around-category .count');
    const total = async (): Promise<number> => (await counts.allTextContents()).map(Number).reduce((sum, n) => sum + n, 0);
    await expect(counts.first()).toBeVisible();
    const near = await total();
    await atlas.details.getByRole('radio', { name: words.km(50) }).check();
    await expect.poll(total).toBeGreaterThan(near);

    // Beside two others.
    for (const name of [words.cluster, ...words.others]) await tab.getByRole('checkbox', { name: words.tick(name), exact: true }).check();
    await tab.getByRole('button', { name: words.compare, exact: true }).click();
    const table = tab.getByRole('table', { name: words.table });
    await expect(table.getByRole('columnheader')).toHaveCount(4);
    await tab.getByRole('checkbox', { name: words.only }).check();
    await expect(table.getByText(words.same)).toHaveCount(0);

    // The address holds it all, on a disk as well.
    const address = tab.url();
    await tab.reload();
    await atlas.settled();
    expect(tab.url()).toBe(address);
    await expect(tab.getByRole('table', { name: words.table }).getByRole('columnheader')).toHaveCount(4);

    // What only a server does is not offered.
    await expect(tab.getByRole('button', { name: words.export })).toHaveCount(0);
    expect(await atlas.violations()).toEqual([]);
    await atlas.expectQuiet();
    expect(asked).toEqual([]);
  });
}

test('a table is filtered, a layer of one’s own is read and shown, and the look is kept, without any network', async ({ page: tab, context, request }) => {
  const { total } = (await (await request.get('/api/projects?limit=1')).json()) as { total: number };
  const asked = await cutOff(context);
  const atlas = new AtlasPage(tab);
  await atlas.open(page('?lang=zh'));
  await tab.keyboard.press('t');
  const rows = tab.locator('#dock').getByRole('row');
  await expect(rows.first()).toBeVisible();
  await expect(tab.locator('#dock')).toContainText(`共 ${total} 条`);
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('m');
  await tab.locator('input[type=file]').first().setInputFiles({
    name: '地块.geojson', mimeType: 'application/geo+json',
    buffer: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { name: '甲地块' }, geometry: { type: 'Point', coordinates: [108.7, 30.95] } }] })),
  });
  await expect(tab.getByText('地块.geojson').or(tab.getByText('地块', { exact: true })).first()).toBeVisible();
  await atlas.settled();
  await atlas.expectQuiet();
  expect(asked).toEqual([]);
});

interface Exports {
  memory: { buffer: ArrayBuffer };
  room: (bytes: number) => number;
  open: () => number;
  ask: (address: number, body: number) => number;
  answer: () => number;
  answer_length: () => number;
}

/** The engine of the bundle, asked as the page asks it. */
async function engine(): Promise<(address: string, body?: string) => { status: number; body: Buffer }> {
  const part = (name: string): Buffer => gunzipSync(Buffer.from(/="([^"]*)"/.exec(readFileSync(join(folder, 'bundle', 'data', `${name}.js`), 'utf8'))?.[1] ?? '', 'base64'));
  const module = await WebAssembly.compile(new Uint8Array(part('engine')));
  const imports: Record<string, Record<string, () => never>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = () => {
      throw new Error(name);
    };
  }
  const exports = (await WebAssembly.instantiate(module, imports)).exports as unknown as Exports;
  const put = (bytes: Buffer): void => {
    // Making room may move the memory.
    const at = exports.room(bytes.length);
    new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
  };
  put(part('atlas'));
  expect(exports.open()).toBe(1);
  return (address, body) => {
    const [question, sent] = [Buffer.from(address), Buffer.from(body ?? '')];
    put(Buffer.concat([question, sent]));
    const status = exports.ask(question.length, body === undefined ? -1 : sent.length);
    const at = exports.answer();
    return { status, body: Buffer.from(exports.memory.buffer.slice(at, at + exports.answer_length())) };
  };
}

test('the engine of a bundle answers what the server answers, byte by byte', async ({ request }) => {
  const ask = await engine();
  const { items } = (await (await request.get('/api/places?limit=1000')).json()) as { items: { id: string }[] };
  const some = items.filter((_, number) => number % 7 === 0).map(({ id }) => `/api/places/${id}`);
  const addresses = [
    '/api/atlas', '/api/tours', '/api/themes', '/api/themes/projects', '/api/sites', '/api/sites/yunyang:shuikou-cluster?radius=30000',
    '/api/sites/compare?places=yunyang:shuikou-cluster,yunyang:huangling-cluster', '/api/around?lon=108.7&lat=30.95&radius=20000',
    '/api/here?lon=108.71&lat=30.907', '/api/near?lon=108.7&lat=30.95&radius=15000', '/api/search?q=pl', '/api/search?q=%E4%B8%AD%E8%8D%AF',
    '/api/projects?limit=200&offset=100', '/api/targets?kind=indicator', '/api/tasks', '/api/organisations', '/api/discrepancies',
    '/api/projects/PJ001', '/api/places?layer=sites', '/api/places/500235002/within?distance=1000', '/api/pairs?a=herbs&b=medical&than=farther&distance=15000',
    '/tiles/townships/8/205/104.mvt', '/tiles/herbs/9/410/209.mvt', '/tiles/medical/10/821/418.mvt', '/tiles/sites/9/410/209.mvt',
    // And what makes no sense.
    '/api/places/nothing', '/api/near?lon=500&lat=0&radius=1', '/api/projects?wrong=1', '/tiles/nothing/1/0/0.mvt', '/api/projects?limit=0',
    ...some,
  ];
  for (const address of addresses) {
    const served = await request.get(address);
    const answered = ask(address);
    expect(answered.status, address).toBe(served.status());
    expect(answered.body.equals(await served.body()), address).toBe(true);
  }
  const area = JSON.stringify({ type: 'Polygon', coordinates: [[[108.6, 30.8], [108.9, 30.8], [108.9, 31.1], [108.6, 31.1], [108.6, 30.8]]] });
  const served = await request.post('/api/within', { data: area, headers: { 'content-type': 'application/geo+json' } });
  const answered = ask('/api/within', area);
  expect(answered.status).toBe(served.status());
  expect(answered.body.equals(await served.body())).toBe(true);
});
