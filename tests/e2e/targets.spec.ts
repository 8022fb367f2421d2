/** The indicator dashboard, as a planner reads it. */
import { expect, test, type Page } from '@playwright/test';
import { AtlasPage } from './atlas.js';

const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });

test('how far indicator 28 is from its target, and what contradicts it', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open();
  await page.getByRole('button', { name: '指标', exact: true }).click();
  await expect(page.getByText('共 37 项指标')).toBeVisible();

  await page.getByRole('searchbox', { name: '筛选指标' }).fill('28');
  await expect(page.getByText('列出 1 / 37 项指标')).toBeVisible();
  const herbs = row(page, '中药材种植面积');
  await expect(herbs).toContainText('15 万亩');
  await expect(herbs).toContainText('2020');
  await expect(herbs).toContainText('2025');
  await expect(herbs).toContainText('预期性');
  await expect(herbs).toContainText('基期与目标相同');
  await expect(herbs).toContainText('说法不一');

  await herbs.getByRole('button', { name: '中药材种植面积', exact: true }).click();
  await atlas.expectPanel('中药材种植面积');
  await expect(atlas.details.getByText('基期与目标相同')).toBeVisible();
  await expect(herbs).toBeVisible();
  await atlas.expectQuiet();
});

test('how far indicator 28 is from its target, in English', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=en');
  await page.getByRole('button', { name: 'Indicators', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Filter indicators' }).fill('herbs planted');
  const herbs = row(page, 'Area planted with Chinese herbs');
  await expect(herbs).toContainText('150,000 mu');
  await expect(herbs).toContainText('Anticipated');
  await expect(herbs).toContainText('Baseline equals target');
  await atlas.expectQuiet();
});

test('how far indicator 28 is from its target, by keyboard alone', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open();
  const button = page.getByRole('button', { name: '指标', exact: true });
  for (let i = 0; i < 30 && !(await button.evaluate((one) => one === document.activeElement)); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const filter = page.getByRole('searchbox', { name: '筛选指标' });
  await expect(filter).toBeVisible();
  for (let i = 0; i < 10 && !(await filter.evaluate((one) => one === document.activeElement)); i++) await page.keyboard.press('Tab');
  await page.keyboard.type('中药材种植面积');
  await expect(row(page, '中药材种植面积')).toContainText('基期与目标相同');

  const name = row(page, '中药材种植面积').getByRole('button', { name: '中药材种植面积', exact: true });
  for (let i = 0; i < 30 && !(await name.evaluate((one) => one === document.activeElement)); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await atlas.expectPanel('中药材种植面积');
});

test('the search of the page leads to the same answer', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open();
  await atlas.find('中药材种植面积', /中药材种植面积/);
  await atlas.expectPanel('中药材种植面积');
  await expect(atlas.details.getByText('基期与目标相同')).toBeVisible();
});

test('filters count what they would leave, and gaps are read the right way round', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open();
  await page.getByRole('button', { name: '指标', exact: true }).click();
  await page.getByRole('button', { name: '约束性 4' }).click();
  await expect(page.getByText('列出 4 / 37 项指标')).toBeVisible();
  await expect(page.getByRole('button', { name: '健康养老 2' })).toBeVisible();
  await page.getByRole('button', { name: '健康养老 2' }).click();
  await expect(page.getByText('列出 2 / 37 项指标')).toBeVisible();

  const fewer = row(page, '政府运营养老床位占比');
  await expect(fewer).toContainText('≤40 %');
  await expect(fewer).toContainText('需降低 10 个百分点');
  await expect(fewer).toContainText('125%');
  await expect(row(page, '养老机构护理型床位占比')).toContainText('需提高 24 个百分点');
  await expect(page.getByRole('img', { name: /健康养老：各指标基期占目标的百分比/ })).toBeVisible();

  await page.getByRole('searchbox', { name: '筛选指标' }).fill('天麻');
  await expect(page.getByText('没有符合条件的指标。')).toBeVisible();
  await page.getByRole('button', { name: '清除筛选' }).click();
  await expect(page.getByText('共 37 项指标')).toBeVisible();
  const blank = row(page, '大健康产业产值占全县生产总值比重');
  await expect(blank).toContainText('无基期值');
  await atlas.expectQuiet();
});

test('an indicator leads to its places, on the map too once the dashboard is small', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open();
  await page.getByRole('button', { name: '指标', exact: true }).click();
  await page.getByRole('searchbox', { name: '筛选指标' }).fill('国家级旅游度假区');
  await page.getByRole('button', { name: '还原', exact: true }).click();
  await row(page, '国家级旅游度假区数量').getByRole('button', { name: '清水旅游度假区' }).click();
  await atlas.expectPanel('清水旅游度假区');
  await atlas.settled();
  await atlas.expectQuiet();
});

for (const lang of ['zh', 'en'] as const) {
  test(`axe finds nothing to mend in the dashboard (${lang})`, async ({ page }) => {
    test.slow();
    const atlas = new AtlasPage(page);
    await atlas.open(`/?lang=${lang}`);
    await page.getByRole('button', { name: lang === 'zh' ? '指标' : 'Indicators', exact: true }).click();
    await expect(page.getByRole('img', { name: lang === 'zh' ? /健康养老/ : /elderly care/i })).toBeVisible();
    expect(await atlas.violations()).toEqual([]);
    await row(page, lang === 'zh' ? '中药材种植面积' : 'Area planted with Chinese herbs').getByRole('button').first().click();
    await expect(atlas.details.getByRole('heading', { level: 2 })).toBeVisible();
    expect(await atlas.violations()).toEqual([]);
  });
}
