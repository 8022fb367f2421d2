/** What makes the page one's own: keys, look, memory, grounds, paper. */
import { expect, type Page, test } from '@playwright/test';
import { AtlasPage } from './atlas.js';

const settings = (page: Page) => page.getByRole('button', { name: '设置与帮助' });

test('the keys do what the help sheet says, and never while somebody is typing', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: '快捷键一览' });
  await expect(help).toBeVisible();
  for (const key of ['搜索', '打开或关闭数据表', '专题地图', '显示全图', '打印']) await expect(help.getByText(key, { exact: true })).toBeVisible();
  expect(await atlas.violations()).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();

  await page.keyboard.press('t');
  const table = page.getByRole('region', { name: '数据表' });
  await expect(table).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(table).toBeHidden();
  for (const [key, tab] of [['c', '对比'], ['a', '查询'], ['z', '招商'], ['m', '导入'], ['h', '专题'], ['l', '图层']] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true');
  }
  await page.keyboard.press('/');
  await page.keyboard.type('tclip?');
  await expect(page.getByRole('combobox', { name: '搜索地点、项目、指标' })).toHaveValue('tclip?');
  await expect(table).toBeHidden();
  await expect(help).toBeHidden();
  await atlas.expectQuiet();
});

test('single-letter keys can be switched off', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open();
  await settings(page).click();
  await page.getByRole('checkbox', { name: '启用单键快捷键' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(settings(page)).toBeFocused();
  await page.keyboard.press('t');
  await page.keyboard.press('?');
  await expect(page.getByRole('region', { name: '数据表' })).toBeHidden();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the dark look is dark throughout and free of violations', async ({ page }) => {
  // Eight pages, each looked at whole.
  test.slow();
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&place=500235143&dock=table:projects');
  await settings(page).click();
  await page.getByRole('radio', { name: '深色' }).check();
  await page.getByRole('radio', { name: '色觉友好' }).check();
  expect(await atlas.violations()).toEqual([]);
  await page.keyboard.press('Escape');
  await atlas.settled();
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(Math.max(...(paper.match(/\d+/g) ?? []).map(Number)), `the page is dark: ${paper}`).toBeLessThan(60);
  for (const dock of ['table:targets', 'targets', 'columns&columns=500235143,500235004']) {
    await page.goto(`/?lang=zh&place=500235143&dock=${dock}`);
    await atlas.settled();
    await atlas.expectPanel('堰坪镇');
    expect(await atlas.violations(), `dock ${dock}`).toEqual([]);
  }
  for (const drawer of ['theme', 'ask', 'compare', 'sites', 'mine']) {
    await page.goto(`/?lang=en&drawer=${drawer}`);
    await atlas.settled();
    expect(await atlas.violations(), `drawer ${drawer}`).toEqual([]);
  }
});

test('a bare address opens as it was left; a link shows what it says', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/');
  await page.getByRole('checkbox', { name: '景区、度假与体育', exact: true }).check();
  await page.getByRole('button', { name: 'EN', exact: true }).click();
  await page.keyboard.press('c');
  await expect(page.getByRole('tab', { name: 'Compare' })).toHaveAttribute('aria-selected', 'true');

  await page.goto('/');
  await atlas.settled();
  await expect(page.locator('html')).toHaveAttribute('lang', /en/);
  await expect(page.getByRole('tab', { name: 'Compare' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'Layers' }).click();
  await expect(page.getByRole('checkbox', { name: /Scenic/ }).first()).toBeChecked();

  await page.goto('/?lang=zh&at=30.96,108.9,9');
  await atlas.settled();
  await expect(page.locator('html')).toHaveAttribute('lang', /zh/);
  await expect(page.getByRole('checkbox', { name: '景区、度假与体育', exact: true })).not.toBeChecked();

  await settings(page).click();
  await page.getByRole('button', { name: '恢复默认' }).click();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  await atlas.expectQuiet();
});

test('the page works where the browser keeps nothing', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', { get: () => { throw new DOMException('denied', 'SecurityError'); } });
  });
  const atlas = new AtlasPage(page);
  await atlas.open();
  await settings(page).click();
  await page.getByRole('radio', { name: '深色' }).check();
  await expect(page.getByText('此浏览器不允许保存设置')).toBeVisible();
  await atlas.expectQuiet();
});

test('the dock is made higher by keyboard and stays so', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&dock=table:projects');
  const edge = page.getByRole('separator');
  const before = Number(await edge.getAttribute('aria-valuenow'));
  await edge.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 8));
  for (const name of ['放大', '恢复正北']) await expect(page.getByRole('button', { name, exact: true })).toBeInViewport();
  await page.reload();
  await atlas.settled();
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 8));
});

const GROUND = { id: 'relief', title: '晕渲图', title_en: 'Relief', kind: 'xyz', tiles: ['/relief/{z}/{x}/{y}.png'], labels: [], pmtiles: null, datum: 'WGS84', tile_size: 256, max_zoom: 12, attribution: '某县测绘院', attribution_en: 'County survey', review_number: '渝S(2025)001号', needs_key: false, refused: null };

async function withGrounds(page: Page, ...grounds: object[]): Promise<void> {
  await page.route('**/api/atlas', async (route) => {
    const response = await route.fetch();
    const atlas = (await response.json()) as { basemaps: object[] };
    await route.fulfill({ response, json: { ...atlas, basemaps: [...atlas.basemaps, ...grounds] } });
  });
}

/** One grey pixel. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mOYNm0aAAOIAcMj/O/QAAAAAElFTkSuQmCC', 'base64');

test('a ground is fetched, and named on the map with its review number', async ({ page }) => {
  let asked = 0;
  await page.route('**/relief/**', (route) => {
    asked += 1;
    return route.fulfill({ contentType: 'image/png', body: PNG });
  });
  await withGrounds(page, GROUND);
  const atlas = new AtlasPage(page);
  await atlas.open();
  await page.getByRole('button', { name: /背景底图/ }).click();
  await page.getByRole('radio', { name: /晕渲图/ }).check();
  await expect.poll(() => asked).toBeGreaterThan(0);
  await atlas.settled();
  const cartouche = page.getByRole('region', { name: '图名与说明' });
  await expect(cartouche.getByText(/某县测绘院.*渝S\(2025\)001号/)).toBeVisible();
  expect(page.url()).toContain('ground=relief');
  expect(await atlas.violations()).toEqual([]);
  await atlas.expectQuiet();
});

/** A PMTiles archive (version 3, nothing compressed) of one tile that covers the world. */
function archiveOf(tile: Buffer, type: 'vector' | 'png', metadata: object): Buffer {
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
  const directory = Buffer.from([1, 0, 1, ...varint(tile.length), 1]);
  const about = Buffer.from(JSON.stringify(metadata));
  const header = Buffer.alloc(127);
  header.write('PMTiles');
  header[7] = 3;
  const parts = [directory, about, Buffer.alloc(0), tile];
  let offset = header.length;
  parts.forEach((part, i) => {
    header.writeBigUInt64LE(BigInt(offset), 8 + 16 * i);
    header.writeBigUInt64LE(BigInt(part.length), 16 + 16 * i);
    offset += part.length;
  });
  for (const at of [72, 80, 88]) header.writeBigUInt64LE(1n, at);
  for (const [at, value] of [[96, 1], [97, 1], [98, 1], [99, type === 'vector' ? 1 : 2]] as const) header[at] = value;
  [-180, -85, 180, 85].forEach((degrees, i) => header.writeInt32LE(degrees * 1e7, 102 + 4 * i));
  return Buffer.concat([header, ...parts]);
}

for (const type of ['vector', 'png'] as const) {
  test(`a local archive (${type}) lies under the layers without any other host`, async ({ page, request }) => {
    const tile = type === 'png' ? PNG : await (await request.get('/tiles/counties/0/0/0.mvt')).body();
    const whole = archiveOf(tile, type, { vector_layers: [{ id: 'counties', fields: {} }] });
    let ranges = 0;
    await page.route('**/basemaps/offline.pmtiles', (route) => {
      const [, from = '0', to = ''] = /bytes=(\d+)-(\d*)/.exec(route.request().headers()['range'] ?? '') ?? [];
      ranges += 1;
      const last = Math.min(to ? Number(to) : whole.length - 1, whole.length - 1);
      return route.fulfill({
        status: 206, body: whole.subarray(Number(from), last + 1),
        headers: { 'content-type': 'application/vnd.pmtiles', 'content-range': `bytes ${from}-${last}/${whole.length}`, etag: '"1"' },
      });
    });
    await withGrounds(page, { ...GROUND, id: 'offline', title: '离线底图', kind: 'pmtiles', tiles: [], pmtiles: '/basemaps/offline.pmtiles' });
    const atlas = new AtlasPage(page);
    await atlas.open('/?lang=zh&ground=offline');
    expect(ranges).toBeGreaterThan(0);
    await expect(page.getByRole('region', { name: '图名与说明' })).toContainText('某县测绘院');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await atlas.expectQuiet();
  });
}

test('a ground that cannot be read says what to do, and the atlas stays', async ({ page }) => {
  await page.route('**/relief/**', (route) => route.fulfill({ status: 503, body: '' }));
  await withGrounds(page, GROUND);
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&ground=relief');
  const notice = page.getByRole('alert').filter({ hasText: '晕渲图' });
  await expect(notice).toContainText('图册本身的内容不受影响');
  await notice.getByRole('button', { name: '不用底图' }).click();
  await expect(notice).toBeHidden();
  await atlas.find('yanping', /堰坪镇/);
  await atlas.expectPanel('堰坪镇');
});

test('a ground in the shifted datum is listed, refused, and says why, even to a link', async ({ page }) => {
  await page.route('**/relief/**', () => { throw new Error('a refused ground must not be fetched'); });
  await withGrounds(page, { ...GROUND, id: 'gaode', title: '高德地图', datum: 'GCJ-02', refused: { zh: '坐标基准是 GCJ-02，与本图册相差 300～700 米', en: 'Its datum is GCJ-02' } });
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&ground=gaode');
  const section = page.getByRole('button', { name: /背景底图/ });
  if ((await section.getAttribute('aria-expanded')) === 'false') await section.click();
  const refused = page.getByRole('radio', { name: /高德地图/ });
  await expect(refused).toBeDisabled();
  await expect(refused).not.toBeChecked();
  await expect(page.getByText('坐标基准是 GCJ-02，与本图册相差 300～700 米')).toBeVisible();
  await atlas.expectQuiet();
});

test('the key of 天地图 is asked for, kept in this browser alone, and can be forgotten', async ({ page }) => {
  const asked: string[] = [];
  await page.route('https://*.tianditu.gov.cn/**', (route) => {
    asked.push(route.request().url());
    return route.fulfill({ contentType: 'image/png', body: PNG, headers: { 'access-control-allow-origin': '*' } });
  });
  const atlas = new AtlasPage(page);
  await atlas.open();
  await page.getByRole('button', { name: /背景底图/ }).click();
  await page.getByRole('radio', { name: /天地图·影像/ }).check();
  await expect(page.getByText('console.tianditu.gov.cn')).toBeVisible();
  expect(asked, 'nothing is requested before there is a key').toEqual([]);
  await page.getByRole('textbox', { name: /密钥/ }).fill('0123456789abcdef');
  await page.getByRole('button', { name: '使用此密钥' }).click();
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  expect(asked[0]).toContain('tk=0123456789abcdef');
  expect(page.url()).not.toContain('0123456789abcdef');
  await page.getByRole('button', { name: '删除密钥' }).click();
  await expect(page.getByRole('textbox', { name: /密钥/ })).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('0123456789abcdef');
});

test('paper carries map, legend, scale, sources and review state, then the details', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&place=500235143');
  await atlas.expectPanel('堰坪镇');
  await page.evaluate(() => {
    window.print = () => {
      document.body.dataset['printed'] = document.querySelector('.print-sheet')?.textContent ?? '';
      const picture = document.querySelector<HTMLCanvasElement>('.print-map canvas');
      const pixels = picture?.getContext('2d')?.getImageData(0, 0, picture.width, picture.height).data ?? [];
      document.body.dataset['colours'] = String(new Set(Array.from({ length: 4000 }, (_, i) => pixels[i * 404])).size);
    };
  });
  await page.keyboard.press('p');
  await expect.poll(() => page.evaluate(() => document.body.dataset['printed'] ?? '')).not.toBe('');
  const printed = await page.evaluate(() => document.body.dataset['printed'] ?? '');
  for (const words of ['规划图册', '堰坪镇', '打印日期', '图例', '药材品种基地', '示意，非行政界线', '未经审图', '资料来源']) expect(printed).toContain(words);
  expect(Number(await page.evaluate(() => document.body.dataset['colours'])), 'the map is on the paper').toBeGreaterThan(20);
  const paper = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  expect(paper.length).toBeGreaterThan(200_000);
  await expect(page.getByRole('button', { name: '放大', exact: true })).toBeVisible();
});

test('whatever takes longer than half a second says so', async ({ page }) => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/api/places/500235143', async (route) => {
    await held;
    await route.continue();
  });
  const atlas = new AtlasPage(page);
  await atlas.open();
  await expect(page.getByRole('progressbar', { name: '正在处理' })).toBeHidden();
  await atlas.find('yanping', /堰坪镇/);
  await expect(page.getByRole('progressbar', { name: '正在处理' })).toBeVisible();
  release();
  await atlas.expectPanel('堰坪镇');
  await expect(page.getByRole('progressbar', { name: '正在处理' })).toBeHidden();
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, viewport: { width: 768, height: 1024 } });
  test('nothing that can be touched is smaller than a fingertip', async ({ page }) => {
    const atlas = new AtlasPage(page);
    await atlas.open('/?lang=zh&dock=table:projects');
    const coarse = await page.evaluate(() => matchMedia('(pointer: coarse)').matches);
    test.skip(!coarse, 'this browser does not take the touch screen for its pointer');
    const small = await page.getByRole('button').evaluateAll((buttons) => buttons
      .map((button) => ({ box: button.getBoundingClientRect(), name: button.textContent }))
      .filter(({ box }) => box.width > 0 && box.height < 39.5).map(({ box, name }) => `${name} ${box.width}×${box.height}`));
    expect(small).toEqual([]);
  });
});
