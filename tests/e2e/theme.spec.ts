/** Thematic maps: classes, legend, colours and values of the places, on the shipped data. */
import { expect, test, type Page } from '@playwright/test';
import { AtlasPage } from './atlas.js';

const legend = (page: Page, name = '图例') => page.getByRole('tabpanel').getByRole('region', { name });
const classes = async (page: Page, name = '图例'): Promise<string[]> => legend(page, name).getByRole('listitem').allInnerTexts();
const counts = async (page: Page, name = '图例'): Promise<number[]> => (await classes(page, name)).map((text) => Number(/(\d+)\s*(处|places?)\s*$/.exec(text.trim())?.[1]));
const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

async function chooseProjects(page: Page): Promise<void> {
  await page.getByRole('tab', { name: '专题' }).click();
  await page.getByRole('button', { name: /^项目数/ }).click();
  await expect(legend(page).getByText('共 75 处')).toBeVisible();
}

test('projects per township: the legend counts every township once, and another method gives other classes', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open();
  await chooseProjects(page);
  expect(sum(await counts(page))).toBe(75);
  const jenks = await classes(page);
  expect(jenks).toHaveLength(5);
  expect(jenks[0]).toMatch(/^0\s/);

  await page.getByRole('radio', { name: '分位数' }).check();
  await expect(legend(page).getByText('分位数分级')).toBeVisible();
  const quantile = await classes(page);
  expect(quantile).not.toEqual(jenks);
  expect(sum(await counts(page))).toBe(75);

  await page.getByRole('radio', { name: '等间距' }).check();
  await page.getByRole('radio', { name: '7', exact: true }).check();
  await expect(legend(page).getByRole('listitem')).toHaveCount(7);
  expect(sum(await counts(page))).toBe(75);
  await atlas.settled();
  await atlas.expectQuiet();
});

test('the legend stands on the map as well, with unit, method and source', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open();
  await chooseProjects(page);
  const drawn = page.getByRole('region', { name: '图名与说明' }).getByRole('region', { name: '图上图例' });
  await expect(drawn).toContainText('项目数');
  await expect(drawn).toContainText('单位：个');
  await expect(drawn).toContainText('自然断点分级');
  await expect(drawn).toContainText('依据规划文本统计');
  const written = await drawn.getByRole('listitem').allInnerTexts();
  expect(written.map((text) => text.replace(/\s+/g, ' '))).toEqual((await classes(page)).map((text) => text.replace(/\s+/g, ' ')));
});

test('a link shows the same thematic map again, and one button takes it off', async ({ page, context }) => {
  const atlas = new AtlasPage(page);
  await atlas.open();
  await chooseProjects(page);
  await page.getByRole('combobox', { name: '产业' }).selectOption({ label: '健康养老' });
  await page.getByRole('radio', { name: '蓝紫' }).check();
  await page.getByRole('checkbox', { name: /颜色反向/ }).check();
  await expect(legend(page).getByRole('heading', { name: '项目数 · 健康养老' })).toBeVisible();
  const shown = await classes(page);
  expect(page.url()).toContain('theme=projects~jenks~5~bupu-inverted~elderly-care');

  const again = await context.newPage();
  await again.goto(page.url());
  await expect(legend(again).getByRole('heading', { name: '项目数 · 健康养老' })).toBeVisible();
  expect(await classes(again)).toEqual(shown);
  await expect(again.getByRole('radio', { name: '蓝紫' })).toBeChecked();

  await again.getByRole('button', { name: '关闭专题图' }).click();
  await expect(again.getByText('请选一项')).toBeVisible();
  expect(again.url()).not.toContain('theme=projects');
});

test('the list of townships says what the map says, and leads to the township', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&drawer=theme&theme=projects');
  const list = page.getByRole('table', { name: '各地数值' });
  await expect(list.getByRole('row')).toHaveCount(76);
  const first = list.getByRole('row').nth(1);
  const most = Number(await first.getByRole('cell').nth(1).innerText());
  const highest = Math.max(...(await classes(page)).map((text) => Number(/(\d+)\s+\d+\s*处/.exec(text.replace(/\s+/g, ' '))?.[1])));
  expect(most).toBe(highest);

  await list.getByRole('button', { name: '数值' }).click();
  await expect(list.getByRole('row').nth(1).getByRole('cell').nth(1)).toHaveText('0');
  await list.getByRole('button', { name: '地点' }).click();
  await expect(list.getByRole('columnheader', { name: '地点' })).toHaveAttribute('aria-sort', 'ascending');
  await list.getByRole('button', { name: /堰坪镇/ }).click();
  await atlas.expectPanel('堰坪镇');
});

test('ranks keep the levels of the plan and say what has none', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&drawer=theme&theme=medical-level');
  await expect(legend(page).getByText('共 75 处')).toBeVisible();
  const levels = await classes(page);
  expect(levels).toHaveLength(4);
  expect(levels[0]).toContain('区域医疗卫生中心');
  expect(levels[3]).toContain('无数据');
  expect(sum(await counts(page))).toBe(75);
  await expect(page.getByRole('radio', { name: '分位数' })).toBeDisabled();
  await atlas.expectQuiet();
});

test('switching the measure leaves every control where it was', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&drawer=theme&theme=projects');
  await expect(legend(page).getByText('共 75 处')).toBeVisible();
  const off = page.getByRole('button', { name: '关闭专题图' });
  const before = await off.boundingBox();
  await page.getByRole('combobox', { name: '内容' }).selectOption({ label: '医疗层级' });
  await expect(legend(page).getByRole('heading', { name: '医疗层级' })).toBeVisible();
  expect(await off.boundingBox()).toEqual(before);
});

test('a click on a tinted township opens it though its layer is switched off', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&at=31.02,109.1,11&layers=counties&theme=projects&drawer=theme');
  await expect(legend(page).getByText('共 75 处')).toBeVisible();
  await atlas.settled();
  await atlas.clickMap(109.15, 31.05);
  await atlas.expectPanel('堰坪镇');
});

test('a measure that this atlas does not have is named, and another can be chosen', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&drawer=theme&theme=income');
  await expect(page.getByRole('alert')).toContainText('本图册没有“income”这项内容');
  await page.getByRole('combobox', { name: '内容' }).selectOption({ label: '任务数' });
  await expect(legend(page).getByText('共 75 处')).toBeVisible();
});

test('a thematic map by keyboard alone, in English', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=en');
  const reach = async (name: RegExp | string, role: 'tab' | 'button'): Promise<void> => {
    const wanted = page.getByRole(role, { name }).first();
    for (let i = 0; i < 80 && !(await wanted.evaluate((one) => one === document.activeElement)); i++) await page.keyboard.press('Tab');
    await expect(wanted).toBeFocused();
  };
  await reach('Layers', 'tab');
  await page.keyboard.press('ArrowRight');
  await reach(/^Kinds of herbs/, 'button');
  await page.keyboard.press('Enter');
  await expect(legend(page, 'Legend').getByText('75 places in all')).toBeVisible();
  expect(sum(await counts(page, 'Legend'))).toBe(75);
});

for (const lang of ['zh', 'en'] as const) {
  test(`axe finds nothing to mend in thematic maps (${lang})`, async ({ page }) => {
    test.slow();
    const atlas = new AtlasPage(page);
    await atlas.open(`/?lang=${lang}&drawer=theme`);
    await expect(page.getByRole('button', { name: lang === 'zh' ? /^项目数/ : /^Projects/ })).toBeVisible();
    expect(await atlas.violations()).toEqual([]);
    for (const measure of ['projects', 'medical-level']) {
      await atlas.open(`/?lang=${lang}&drawer=theme&theme=${measure}`);
      await expect(legend(page, lang === 'zh' ? '图例' : 'Legend').getByText('75')).toBeVisible();
      expect(await atlas.violations()).toEqual([]);
    }
  });
}
