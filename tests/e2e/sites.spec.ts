/** The investor's room: from the list of sites to a card, its surroundings, a shortlist, a comparison, and files to hand over. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { AtlasPage, type Lang } from './atlas.js';

interface Site {
  place: { id: string; name: string; name_en: string; point: [number, number] | null };
  title: string;
  title_en: string;
  industries: { id: string; zh: string; en: string }[];
}

const WORDS = {
  zh: {
    tab: '招商', words: '按词筛选', industry: '招引产业', clear: '清除筛选', count: (n: number, of: number) => (n === of ? `共 ${n} 处` : `${n} 处，共 ${of} 处`),
    tick: (name: string) => `选入比较：${name}`, star: (name: string) => `加入备选：${name}`,
    straight: '直线距离，非路程', radius: (km: number) => `${km} 公里`, back: '返回本处', keep: '加入备选', kept: '已在备选', note: /^备注/, here: '只保存在此浏览器中',
    list: /^备选/, compare: '比较所选', table: '载体比较', only: '只看不同', differs: '≠ 不同', same: '= 相同', xlsx: '下载 XLSX', pdf: '下载 PDF', done: /已下载/,
  },
  en: {
    tab: 'Sites', words: 'Filter by a word', industry: 'Industry sought', clear: 'Clear the filter', count: (n: number, of: number) => (n === of ? `${n} sites` : `${n} of ${of} sites`),
    tick: (name: string) => `Select for comparison: ${name}`, star: (name: string) => `Add to the shortlist: ${name}`,
    straight: 'straight lines, not routes', radius: (km: number) => `${km} km`, back: 'Back to the site', keep: 'Shortlist', kept: 'Shortlisted', note: /^Note/, here: 'stay in this browser',
    list: /^Shortlist/, compare: 'Compare', table: 'Sites compared', only: 'Differences only', differs: '≠ differs', same: '= the same', xlsx: 'Download XLSX', pdf: 'Download PDF', done: /Downloaded/,
  },
} as const;

const sitesOf = async (page: Page): Promise<Site[]> => ((await (await page.request.get('/api/sites')).json()) as { items: Site[] }).items;

const nameOf = ({ place }: Site, lang: Lang): string => (lang === 'zh' ? place.name : place.name_en);

const located = (sites: readonly Site[]): Site[] => sites.filter(({ place }) => place.point !== null);

/** The way to a card: in the list a site is called by its name, its role and what is sought. */
const opener = (page: Page, name: string): Locator => page.locator('.site-open').filter({ has: page.getByText(name, { exact: true }) });

const rows = (page: Page): Locator => page.locator('.site-row');

/** Where the map is, as the address says. */
const viewOf = (page: Page): string | undefined => /[?&]at=([^&]+)/.exec(page.url())?.[1];

for (const lang of ['zh', 'en'] as const) {
  test(`a site is found, looked around, kept in mind, compared and handed over (${lang})`, async ({ page, context }) => {
    test.slow();
    const words = WORDS[lang];
    const atlas = new AtlasPage(page);
    await atlas.open(`/?lang=${lang}`);
    const sites = await sitesOf(page);
    const [site, ...others] = located(sites);
    if (!site) throw new Error('there are no sites');

    // The list, by a key, narrowed by a word and by an industry.
    await page.keyboard.press('z');
    await expect(page.getByRole('tab', { name: words.tab })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByText(words.count(sites.length, sites.length), { exact: true })).toBeVisible();
    await expect(rows(page)).toHaveCount(sites.length);
    expect(await atlas.violations()).toEqual([]);
    await page.getByRole('searchbox', { name: words.words }).fill(nameOf(site, lang));
    await expect(opener(page, nameOf(site, lang))).toBeVisible();
    expect(await rows(page).count()).toBeLessThan(sites.length);
    await page.getByRole('button', { name: words.clear }).click();
    const industry = site.industries[0];
    if (industry) {
      await page.getByRole('combobox', { name: words.industry }).selectOption(industry.id);
      const fitting = sites.filter(({ industries }) => industries.some(({ id }) => id === industry.id));
      await expect(rows(page)).toHaveCount(fitting.length);
      await expect(page).toHaveURL(/industry=/);
      await page.getByRole('button', { name: words.clear }).click();
    }

    // The card: what the place is to be, how exactly it is located, and what lies around.
    await opener(page, nameOf(site, lang)).click();
    await atlas.expectPanel(nameOf(site, lang));
    await expect(atlas.details.getByText(lang === 'zh' ? site.title : site.title_en, { exact: true })).toBeVisible();
    await expect(atlas.details.getByText(words.straight)).toHaveCount(1);
    expect(await atlas.violations()).toEqual([]);
    const items = atlas.details.locator('.around-category .count');
    const total = async (): Promise<number> => (await items.allTextContents()).map(Number).reduce((sum, n) => sum + n, 0);
    await expect(items.first()).toBeVisible();
    const near = await total();
    await atlas.details.getByRole('radio', { name: words.radius(50) }).check();
    await expect(page).toHaveURL(/radius=50/);
    await expect.poll(total).toBeGreaterThan(near);

    // There and back.
    await atlas.settled();
    const before = viewOf(page);
    const far = atlas.details.locator('.around-item').last();
    await far.click();
    await expect.poll(() => viewOf(page)).not.toBe(before);
    await page.getByRole('button', { name: words.back }).click();
    await expect.poll(() => viewOf(page)).toBe(before);

    // Kept in mind, with a note that outlives the page.
    await atlas.details.getByRole('button', { name: words.keep, exact: true }).click();
    await expect(atlas.details.getByRole('button', { name: words.kept })).toHaveAttribute('aria-pressed', 'true');
    await expect(atlas.details.getByText(words.here)).toBeVisible();
    await atlas.details.getByRole('textbox', { name: words.note }).fill('300 亩 / 20 ha');
    await page.reload();
    await atlas.settled();
    await atlas.expectPanel(nameOf(site, lang));
    await expect(atlas.details.getByRole('textbox', { name: words.note })).toHaveValue('300 亩 / 20 ha');
    await expect(atlas.details.getByRole('radio', { name: words.radius(50) })).toBeChecked();
    await page.getByRole('radio', { name: words.list }).check();
    await expect(rows(page)).toHaveCount(1);
    expect(await atlas.violations()).toEqual([]);

    // Three of them side by side.
    await page.getByRole('checkbox', { name: words.tick(nameOf(site, lang)), exact: true }).check();
    await page.locator('.room-pages').getByRole('radio').first().check();
    for (const other of others.slice(0, 2)) await page.getByRole('checkbox', { name: words.tick(nameOf(other, lang)), exact: true }).check();
    await page.getByRole('button', { name: words.compare, exact: true }).click();
    const table = page.getByRole('table', { name: words.table });
    await expect(table.getByRole('columnheader')).toHaveCount(4);
    await expect(page.getByRole('region', { name: words.table })).toBeFocused();
    expect(await atlas.violations()).toEqual([]);
    await expect(table.getByText(words.same).first()).toBeVisible();
    await page.getByRole('checkbox', { name: words.only }).check();
    await expect(table.getByText(words.same)).toHaveCount(0);
    await expect(table.getByText(words.differs).first()).toBeVisible();

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: words.xlsx }).click()]);
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
    expect(readFileSync(await download.path()).subarray(0, 2).toString()).toBe('PK');
    await expect(page.getByText(words.done)).toBeVisible();
    const [paper] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: words.pdf }).click()]);
    expect(readFileSync(await paper.path()).subarray(0, 5).toString()).toBe('%PDF-');
    await atlas.expectQuiet();

    // The link opens it for somebody else.
    const other = await context.newPage();
    const theirs = new AtlasPage(other, lang);
    await theirs.open(page.url());
    await expect(other.getByRole('table', { name: words.table }).getByRole('columnheader')).toHaveCount(4);
    await expect(other.getByRole('radio', { name: words.radius(50) })).toBeChecked();
    await theirs.expectQuiet();
  });
}

test('a link to a card opens it; from the place there is a way to the card, and back', async ({ page }) => {
  const atlas = new AtlasPage(page);
  const [site] = located(await sitesOf(page));
  if (!site) throw new Error('there are no sites');
  await atlas.open(`/?lang=zh&drawer=sites&site=${site.place.id}&radius=10`);
  await atlas.expectPanel(site.place.name);
  await expect(atlas.details.getByRole('radio', { name: '10 公里' })).toBeChecked();
  await expect(page.locator('.site-open[aria-current="true"]')).toContainText(site.place.name);
  await atlas.details.getByRole('button', { name: '地点详情' }).click();
  await expect(page).toHaveURL(/[?&]place=/);
  await atlas.details.getByRole('button', { name: '招商卡片' }).click();
  await expect(page).toHaveURL(/[?&]site=/);
  await expect(atlas.details.getByText('直线距离，非路程')).toBeVisible();
  await page.goBack();
  await expect(atlas.details.getByRole('button', { name: '招商卡片' })).toBeVisible();
  await atlas.expectQuiet();
});

test('a site that nobody has located says so, and has no surroundings', async ({ page }) => {
  const atlas = new AtlasPage(page);
  const site = (await sitesOf(page)).find(({ place }) => place.point === null);
  test.skip(!site, 'all sites are located');
  await atlas.open(`/?lang=zh&site=${site?.place.id}`);
  await expect(atlas.details.getByText('规划未给出位置，图上没有标示。')).toBeVisible();
  await expect(atlas.details.getByText('周边无从算起')).toBeVisible();
  await expect(atlas.details.getByRole('radio')).toHaveCount(0);
  await atlas.expectQuiet();
});

test('around any spot of the map after a right click, and around a township', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh');
  await atlas.map.click({ button: 'right', position: await atlas.spot(108.8, 31.0) });
  const menu = page.getByRole('dialog', { name: '图上此处' });
  await expect(menu).toContainText(/东经 108\.(79|80)\d+°/);
  expect(await atlas.violations()).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await atlas.map.click({ button: 'right', position: await atlas.spot(108.8, 31.0) });
  // The focus is where the choice is.
  await page.keyboard.press('Enter');
  await atlas.expectPanel('此处周边');
  await expect(page).toHaveURL(/around=108\.\d+,3\d\.\d+/);
  await expect(atlas.details.locator('.around-item').first()).toBeVisible();
  expect(await atlas.violations()).toEqual([]);

  await page.goto('/?lang=zh&place=500235142');
  await atlas.details.getByRole('button', { name: '周边', exact: true }).click();
  await atlas.expectPanel('水口镇周边');
  await expect(atlas.details.getByText('从乡镇（街道）驻地量起')).toBeVisible();
  await atlas.expectQuiet();
});

test('the shortlist is put in order, taken away as a file and read back; other files are refused with a reason', async ({ page }) => {
  const atlas = new AtlasPage(page);
  const sites = (await sitesOf(page)).slice(0, 3);
  await atlas.open('/?lang=zh&drawer=sites');
  for (const { place } of sites) await page.getByRole('button', { name: `加入备选：${place.name}`, exact: true }).click();
  await page.getByRole('radio', { name: '备选 · 3' }).check();
  const names = (): Promise<string[]> => page.locator('.site-name').evaluateAll((all) => all.map((one) => one.firstChild?.textContent ?? ''));
  const [first, second, third] = sites.map(({ place }) => place.name);
  await page.getByRole('button', { name: `上移：${third}`, exact: true }).click();
  expect(await names()).toEqual([first, third, second]);
  await page.getByRole('textbox', { name: `备注：${second}` }).fill('靠近高速出口');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载清单' }).click()]);
  expect(download.suggestedFilename()).toMatch(/\.json$/);
  const file = readFileSync(await download.path());

  await page.getByRole('button', { name: `移出备选：${first}`, exact: true }).click();
  expect(await names()).toEqual([third, second]);
  await page.getByRole('button', { name: '撤销移出' }).click();
  expect(await names()).toEqual([first, third, second]);
  for (const name of [first, third, second]) await page.getByRole('button', { name: `移出备选：${name}`, exact: true }).click();
  await expect(page.getByText('备选清单是空的')).toBeVisible();

  const read = async (name: string, content: string | Buffer): Promise<void> =>
    page.locator('input[type="file"][accept*="json"]').last().setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
  await read('notes.json', '{"type":"FeatureCollection","features":[]}');
  await expect(page.getByRole('alert').filter({ hasText: '不是招商备选清单' })).toBeVisible();
  await read('notes.txt', 'name;note');
  await expect(page.getByRole('alert').filter({ hasText: '不是 JSON' })).toBeVisible();
  await read('shortlist.json', file);
  await expect(page.getByText('已读入：新增 3 处')).toBeVisible();
  expect(await names()).toEqual([first, third, second]);
  await expect(page.getByRole('textbox', { name: `备注：${second}` })).toHaveValue('靠近高速出口');
  expect(await atlas.violations()).toEqual([]);

  await page.getByRole('button', { name: '选前 3 处比较' }).click();
  await page.getByRole('button', { name: '比较所选' }).click();
  await expect(page.getByRole('table', { name: '载体比较' }).getByRole('columnheader')).toHaveCount(4);
  await atlas.expectQuiet();
});

test('a brochure, a dossier and a booklet are handed over; a refusal is a sentence', async ({ page }) => {
  test.slow();
  const atlas = new AtlasPage(page);
  const [site] = located(await sitesOf(page));
  if (!site) throw new Error('there are no sites');
  await atlas.open(`/?lang=zh&site=${site.place.id}&radius=10`);
  await atlas.details.getByRole('button', { name: '招商简介' }).click();
  const asked = page.waitForRequest(/\/reports\/site\.pdf/);
  const [brochure] = await Promise.all([page.waitForEvent('download', { timeout: 90_000 }), atlas.details.getByRole('button', { name: '下载招商简介：PDF，English' }).click()]);
  const query = new URL((await asked).url()).searchParams;
  expect([query.get('place'), query.get('radius'), query.get('lang')]).toEqual([site.place.id, '10000', 'en']);
  // It leads back to this card, in the language of the brochure.
  const link = new URL(query.get('link') ?? '');
  expect([link.origin, link.searchParams.get('site'), link.searchParams.get('radius'), link.searchParams.get('lang')]).toEqual([new URL(page.url()).origin, site.place.id, '10', 'en']);
  expect(readFileSync(await brochure.path()).subarray(0, 5).toString()).toBe('%PDF-');

  await page.route('**/reports/**', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ title: 'busy', status: 503, detail: 'too many at once' }) }));
  await atlas.details.getByRole('button', { name: '下载招商简介：网页，中文' }).click();
  await expect(atlas.details.getByRole('alert')).toContainText('没有下载成');
  await page.unroute('**/reports/**');

  await page.goto('/?lang=zh&place=500235142');
  await atlas.details.getByRole('button', { name: '地点资料册' }).click();
  const [dossier] = await Promise.all([page.waitForEvent('download', { timeout: 90_000 }), atlas.details.getByRole('button', { name: '下载地点资料册：网页，中文' }).click()]);
  expect(readFileSync(await dossier.path(), 'utf8')).toContain('水口镇');

  await page.getByRole('button', { name: '中药材乡镇：图例与不透明度' }).click();
  await page.getByRole('button', { name: '图层资料册' }).click();
  const booklet = page.waitForRequest(/\/reports\/layer\.html/);
  await page.getByRole('combobox', { name: '哪个县' }).selectOption({ label: '云阳县' });
  await page.getByRole('button', { name: '下载图层资料册：网页，中文' }).click();
  expect(new URL((await booklet).url()).search).toContain('layer=herbs&county=500235');
});

for (const [width, height] of [[1024, 768], [1920, 1080]] as const) {
  test(`the comparison is legible at ${width} × ${height}: nothing is cut off, and head and first column stay`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const atlas = new AtlasPage(page);
    const ids = located(await sitesOf(page)).slice(0, 4).map(({ place }) => place.id);
    await atlas.open(`/?lang=en&dock=sites&sites=${ids.join(',')}`);
    const table = page.getByRole('table', { name: 'Sites compared' });
    await expect(table.getByRole('columnheader')).toHaveCount(5);
    const size = await table.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    expect(size).toBeGreaterThanOrEqual(width >= 1920 ? 16 : 14);
    await table.getByRole('rowheader').last().scrollIntoViewIfNeeded();
    await expect(table.getByRole('columnheader').nth(1)).toBeInViewport();
    await expect(table.getByRole('rowheader').last()).toBeInViewport();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await atlas.expectQuiet();
  });
}
