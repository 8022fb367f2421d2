/** Table and map, one selection: the questions that a planner answers with a filter. */
import { readFileSync } from 'node:fs';
import { expect, test, type APIRequestContext, type Locator, type Page } from '@playwright/test';
import { AtlasPage, type Lang } from './atlas.js';

const WORDS = {
  zh: { words: '按文字筛选', filters: '筛选条件', count: (all: number, some: number) => `共 ${all} 条，筛出 ${some} 条` },
  en: { words: 'Filter by text', filters: 'Filters', count: (all: number, some: number) => `${some} of ${all}` },
} as const;

/** The table in the dock, as a person uses it. */
class Desk {
  readonly dock: Locator;
  readonly table: Locator;
  readonly filters: Locator;

  constructor(readonly page: Page, private readonly lang: Lang = 'zh') {
    this.dock = page.getByRole('tabpanel').filter({ has: page.getByRole('table') });
    this.table = page.getByRole('table');
    this.filters = page.getByRole('search', { name: WORDS[lang].filters });
  }

  /** The button of a facet; its name counts the values that are chosen. */
  facet(name: string, chosen: number | null = null): Locator {
    return this.filters.getByRole('button', { name: chosen === null ? new RegExp(`^${name}( \\(\\d+\\))?$`) : chosen ? `${name} (${chosen})` : name, exact: true });
  }

  /** Ticks an option of a facet and closes the options again. */
  async choose(facet: string, option: RegExp): Promise<void> {
    await this.facet(facet).click();
    const options = this.page.getByRole('dialog', { name: facet });
    await options.getByRole('checkbox', { name: option }).check();
    await this.page.keyboard.press('Escape');
    await expect(options).toBeHidden();
  }

  async search(words: string): Promise<void> {
    await this.page.getByRole('searchbox', { name: WORDS[this.lang].words }).fill(words);
  }

  async expectCount(all: number, some: number): Promise<void> {
    await expect(this.dock.getByRole('status').first()).toContainText(WORDS[this.lang].count(all, some));
    await expect(this.table).toHaveAttribute('aria-rowcount', String(some + 1));
  }

  /** Names of the rows, in their order. */
  async names(): Promise<string[]> {
    return this.table.getByRole('rowheader').getByRole('button').allInnerTexts();
  }
}

interface Listed { id: string; name: string; name_en: string | null; herbs: { id: string; zh: string }[]; kind: { id: string } }
interface List<T> { total: number; items: T[] }

const ask = async <T>(request: APIRequestContext, path: string): Promise<List<T>> => (await request.get(path)).json() as Promise<List<T>>;

async function growing(request: APIRequestContext, herb: string): Promise<Listed[]> {
  const { items } = await ask<Listed>(request, '/api/places?limit=1000');
  return items.filter(({ herbs }) => herbs.some(({ zh }) => zh === herb));
}

for (const lang of ['zh', 'en'] as const) {
  test(`which townships grow 天麻 (${lang})`, async ({ page, request }) => {
    const wanted = await growing(request, '天麻');
    const atlas = new AtlasPage(page);
    await atlas.open(`/?lang=${lang}`);
    const desk = new Desk(page, lang);
    await page.getByRole('button', { name: lang === 'zh' ? '表格' : 'Tables', exact: true }).click();
    await page.getByRole('tab', { name: lang === 'zh' ? '地点' : 'Places', exact: true }).click();
    await desk.choose(lang === 'zh' ? '品种' : 'Herb', lang === 'zh' ? /^天麻/ : /^Gastrodia/);
    await desk.expectCount(318, wanted.length);
    const names = await desk.names();
    expect([...names].sort()).toEqual(wanted.map(({ name, name_en }) => (lang === 'zh' ? name : (name_en ?? name))).sort());
    expect(names).toContain(lang === 'zh' ? '上坝乡' : 'Shangba Township');
    await atlas.settled();
    expect(await atlas.violations()).toEqual([]);
    await atlas.expectQuiet();
  });
}

test('which projects of 健康养老 are due by 2025, and where', async ({ page, request }) => {
  const due = await ask<{ name: string; places: { name: string }[] }>(request, '/api/projects?industry=elderly-care&year=2025&limit=1000');
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&dock=table:projects');
  const desk = new Desk(page);
  await desk.choose('产业', /^健康养老，/);
  await desk.choose('时限', /^2025年及以前，/);
  await desk.expectCount(507, due.total);
  expect(await desk.names()).toEqual(due.items.map(({ name }) => name));
  const row = desk.table.getByRole('row').filter({ hasText: due.items[0]?.name ?? '' });
  for (const { name } of due.items[0]?.places ?? []) await expect(row.getByRole('button', { name })).toBeVisible();

  await row.getByRole('rowheader').getByRole('button').click();
  await atlas.expectPanel(due.items[0]?.name ?? '');
  await desk.expectCount(507, due.total);

  // Where no deadline is stated the table says so, and counts it apart.
  await desk.facet('时限', 1).click();
  const unstated = page.getByRole('dialog', { name: '时限' }).getByRole('checkbox', { name: /^未写明时限，\d+ 条$/ });
  const said = Number(/(\d+) 条/.exec((await unstated.getAttribute('aria-label')) ?? '')?.[1]);
  await unstated.check();
  await page.keyboard.press('Escape');
  await desk.expectCount(507, due.total + said);

  await atlas.settled();
  expect(await atlas.violations()).toEqual([]);
  await atlas.expectQuiet();
});

test('which figures of the plan contradict each other', async ({ page, request }) => {
  const high = await ask<{ statement_a: string }>(request, '/api/discrepancies?severity=high&limit=1000');
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh');
  const desk = new Desk(page);
  await page.getByRole('button', { name: '表格', exact: true }).click();
  await page.getByRole('tab', { name: '数据矛盾' }).click();
  await expect(desk.dock.getByRole('status').first()).toContainText('共 87 条');
  await desk.choose('严重程度', /^高，24 条$/);
  await desk.expectCount(87, high.total);
  const row = desk.table.getByRole('row').filter({ hasText: '医疗服务产业2025产值' });
  await expect(row.getByText('第34号：30亿元')).toBeVisible();
  await expect(row.getByText('25亿元', { exact: true })).toBeVisible();
  await atlas.settled();
  expect(await atlas.violations()).toEqual([]);
});

test('by keyboard alone: which figures of the plan contradict each other', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh');
  const press = async (key: string, times = 1): Promise<void> => {
    for (let i = 0; i < times; i++) await page.keyboard.press(key);
  };
  const focused = page.locator(':focus');
  const tabTo = async (wanted: Locator): Promise<void> => {
    for (let i = 0; i < 60; i++) {
      if (await wanted.evaluate((element) => element === document.activeElement).catch(() => false)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error('the Tab key does not lead there');
  };
  await tabTo(page.getByRole('button', { name: '表格', exact: true }));
  await press('Enter');
  await tabTo(page.getByRole('tab', { name: '项目', exact: true }));
  await press('ArrowLeft');
  await expect(page.getByRole('tab', { name: '数据矛盾' })).toBeFocused();
  await expect(page.getByRole('table', { name: '数据矛盾表' })).toBeVisible();
  const desk = new Desk(page);
  await tabTo(desk.facet('严重程度', 0));
  await press('Enter');
  await expect(focused).toHaveAccessibleName(/^高，24 条$/);
  await press('Space');
  await press('Escape');
  await expect(desk.facet('严重程度', 1)).toBeFocused();
  await desk.expectCount(87, 24);
  const first = desk.table.getByRole('rowheader').getByRole('button').first();
  await tabTo(first);
  await press('ArrowDown', 3);
  await press('ArrowUp');
  const third = (await desk.names())[2] ?? '';
  await expect(focused).toHaveText(third);
  await press('Enter');
  await atlas.expectPanel(third);
  await expect(atlas.details.getByText('说法一').first()).toBeVisible();
  await expect(focused).toHaveText(third);
  await press('End');
  await expect(desk.table.getByRole('row').last()).toHaveAttribute('aria-rowindex', '25');
  await expect(focused).toHaveText((await desk.names()).at(-1) ?? '');
});

test('every option of a filter says how many rows it would leave, given the other filters', async ({ page, request }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&dock=table:projects&filter=stage:planned');
  const desk = new Desk(page);
  await desk.facet('产业', 0).click();
  const options = page.getByRole('dialog', { name: '产业' });
  await expect(options.getByRole('checkbox').first()).toBeFocused();
  for (const [id, name] of [['elderly-care', '健康养老'], ['medical-services', '医疗服务'], ['health-tourism', '健康文化旅游']] as const) {
    const { total } = await ask(request, `/api/projects?industry=${id}&stage=planned&limit=1`);
    await expect(options.getByRole('checkbox', { name: `${name}，${total} 条` })).toBeVisible();
  }
  expect(await atlas.violations()).toEqual([]);
  await options.getByRole('checkbox', { name: /^健康养老，/ }).check();
  await page.keyboard.press('Escape');
  const { total } = await ask(request, '/api/projects?industry=elderly-care&stage=planned&limit=1');
  await desk.expectCount(507, total);
  await desk.facet('乡镇', 0).click();
  await page.getByRole('searchbox', { name: '查找乡镇' }).fill('堰坪');
  await expect(page.getByRole('dialog', { name: '乡镇' }).getByRole('checkbox')).toHaveCount(1);
});

test('a click on the map narrows the table to that place, a row does not, and the chip lets go', async ({ page, request }) => {
  const here = await ask(request, '/api/projects?place=500235143&limit=1');
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&at=31.04,109.12,10.5&dock=table:projects');
  const desk = new Desk(page);
  await expect(desk.table.getByRole('row').nth(1)).toBeVisible();
  await atlas.clickMap(109.15, 31.05);
  await atlas.expectPanel('堰坪镇');
  await desk.expectCount(507, here.total);
  const chip = page.getByRole('button', { name: '去掉筛选“所选地点：堰坪镇”' });
  await expect(chip).toBeVisible();

  await desk.table.getByRole('rowheader').getByRole('button').first().click();
  await expect(atlas.details.getByRole('heading', { level: 2 })).not.toHaveText('堰坪镇');
  await desk.expectCount(507, here.total);
  await page.getByRole('tab', { name: '指标', exact: true }).click();
  const targets = await ask(request, '/api/targets?place=500235143&limit=1');
  await desk.expectCount(166, targets.total);
  await page.getByRole('tab', { name: '项目', exact: true }).click();
  await desk.expectCount(507, here.total);
  await chip.click();
  await expect(desk.dock.getByRole('status').first()).toContainText('共 507 条；');
});

test('reloading, copying and going back keep the table as it was', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&dock=table:projects');
  const desk = new Desk(page);
  await desk.choose('产业', /^医疗服务，/);
  await desk.choose('阶段', /^规划，/);
  await desk.search('医院');
  await page.getByRole('columnheader', { name: '项目名称' }).getByRole('button').click();
  await expect(page.getByRole('columnheader', { name: '项目名称' })).toHaveAttribute('aria-sort', 'ascending');
  const said = await desk.dock.getByRole('status').first().innerText();
  const names = await desk.names();
  expect(said).toMatch(/筛出 \d+ 条；涉及 \d+ 处地点/);
  expect(names).toEqual([...names].sort(new Intl.Collator('zh-Hans-CN-u-co-pinyin', { numeric: true }).compare));
  await atlas.settled();
  const address = page.url();

  await page.reload();
  await atlas.settled();
  expect(page.url()).toBe(address);
  await expect(desk.dock.getByRole('status').first()).toHaveText(said);
  expect(await desk.names()).toEqual(names);

  await page.goBack();
  await expect(desk.facet('阶段', 0)).toBeVisible();
  await expect(desk.facet('产业', 1)).toBeVisible();
  await page.goForward();
  await expect(desk.dock.getByRole('status').first()).toHaveText(said);
});

test('what nothing meets says what to do, and one button clears all filters', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&dock=table:projects&filter=industry:elderly-care');
  const desk = new Desk(page);
  await desk.search('没有这样的项目');
  await desk.expectCount(507, 0);
  await expect(desk.dock.getByText('没有符合条件的条目。')).toBeVisible();
  expect(await atlas.violations()).toEqual([]);
  await desk.dock.getByRole('button', { name: '清除筛选' }).first().click();
  await expect(desk.dock.getByRole('status').first()).toContainText('共 507 条；');
  expect(page.url()).not.toContain('filter=');
});

test('the rows that were found can be taken along as a file', async ({ page, request }) => {
  const { data_version } = (await (await request.get('/api/atlas')).json()) as { data_version: string };
  const high = await ask(request, '/api/discrepancies?severity=high&limit=1');
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&dock=table:discrepancies&filter=severity:high');
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载 CSV' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toBe(`规划图册-数据矛盾-${data_version}.csv`);
  const text = readFileSync(await file.path(), 'utf8');
  expect(text.startsWith('\uFEFF编号,事项,严重程度,')).toBe(true);
  const lines = text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(high.total + 1);
  expect(lines[0]).toContain('出处');
  expect(lines[0]).toContain('规划');
  expect(lines[1]).toContain('云阳县');
  await atlas.expectQuiet();
});

test('without the map the table says of every place where it is, or that nobody has located it', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&dock=table:places');
  const desk = new Desk(page);
  await page.getByRole('button', { name: '铺满' }).click();
  await desk.choose('位置精度', /^未定位，/);
  await expect(desk.dock.getByRole('status').first()).toContainText('均未定位，图上无法标示');
  const row = desk.table.getByRole('row').nth(1);
  await expect(row).toContainText('未定位');
  await row.getByRole('rowheader').getByRole('button').click();
  await expect(atlas.details.getByText('规划未给出位置，图上无法标示').first()).toBeVisible();
  await expect(row).toBeVisible();
  expect(await atlas.violations()).toEqual([]);
});

for (const size of [{ width: 1024, height: 768 }, { width: 600, height: 960 }]) {
  test(`on ${size.width} × ${size.height} only the table itself scrolls sideways`, async ({ page }) => {
    await page.setViewportSize(size);
    const atlas = new AtlasPage(page);
    await atlas.open('/?lang=zh&dock=table:projects&filter=industry:elderly-care');
    const desk = new Desk(page);
    await expect(desk.table.getByRole('row').nth(1)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
    const last = desk.table.getByRole('columnheader').last();
    await last.scrollIntoViewIfNeeded();
    await expect(last).toBeInViewport();
    await expect(desk.table.getByRole('rowheader').first()).toBeInViewport();
    expect(await atlas.violations()).toEqual([]);
  });
}

test('what lies out of sight is brought into sight only when asked for', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&at=30.75,109.6,11&layers=townships,counties&dock=table:places&filter=herb:tianma');
  expect(page.url()).toContain('at=30.75,109.6,11');
  const zoom = page.getByRole('button', { name: '缩放到结果' });
  await zoom.click();
  await expect(zoom).toBeHidden({ timeout: 60_000 });
  expect(page.url()).not.toContain('at=30.75,109.6,11');
});
