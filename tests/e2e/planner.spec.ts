/** The main job, as a planner does it: click a township and read its plan. */
import { expect, test } from '@playwright/test';
import { AtlasPage } from './atlas.js';

test('a click on a township opens what the plan says of it, and a project leads to its other places and back', async ({
  page,
}) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&at=31.02,109.1,11');
  await atlas.clickMap(109.15, 31.05);
  await atlas.expectPanel('堰坪镇');
  for (const fact of ['小茴香基地', '菊花基地', '专栏5', '中药材种植面积', '示意，非行政界线']) {
    await expect(atlas.details.getByText(fact).first()).toBeVisible();
  }

  const project = atlas.details.getByRole('button', { name: '菊花基地', exact: true });
  await project.click();
  await atlas.expectPanel('菊花基地');
  await atlas.details.getByRole('button', { name: /红狮镇/ }).first().click();
  await atlas.expectPanel('红狮镇');

  await page.goBack();
  await atlas.expectPanel('菊花基地');
  await page.goBack();
  await atlas.expectPanel('堰坪镇');
  await page.goForward();
  await atlas.expectPanel('菊花基地');
  await atlas.expectQuiet();
});

test('the copied link reopens the same view, layers, selection and language', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh');
  await atlas.find('longjiao', /龙角镇/);
  await atlas.expectPanel('龙角镇');
  await page.getByRole('checkbox', { name: '景区、度假与体育', exact: true }).check();
  await page.getByRole('button', { name: 'EN', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', /en/);
  const english = new AtlasPage(page, 'en');
  await english.expectPanel('Longjiao Town');
  await english.settled();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Link copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(page.url());

  const reopened = new AtlasPage(await context.newPage(), 'en');
  await reopened.page.goto(link);
  await reopened.settled();
  await reopened.expectPanel('Longjiao Town');
  await expect(reopened.page.getByRole('checkbox', { name: /Scenic/, exact: false })).toBeChecked();
  expect(reopened.page.url()).toBe(link);
  await reopened.expectQuiet();
});

test('reloading keeps what is on the screen', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&place=yunyang:longgang');
  await atlas.expectPanel('龙缸景区');
  const address = page.url();
  await page.reload();
  await atlas.settled();
  await atlas.expectPanel('龙缸景区');
  expect(page.url()).toBe(address);
});

test('initials find places, by keyboard alone', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open();
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('lg');
  await expect(page.getByRole('option', { name: /龙缸景区/ }).first()).toBeVisible();
  await expect(page.getByRole('option', { name: /龙角镇/ }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await atlas.find('pl', /盘龙街道/);
  await atlas.expectPanel('盘龙街道');
  await expect(atlas.details.getByText('三基地').first()).toBeVisible();
});

test('every township can be reached without the map', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open();
  const list = page.getByRole('button', { name: /乡镇街道：列出 75 处地点/ });
  await list.focus();
  await page.keyboard.press('Enter');
  const township = page.getByRole('button', { name: /堰坪镇/ }).first();
  await township.focus();
  await page.keyboard.press('Enter');
  await atlas.expectPanel('堰坪镇');
});

test('an investor who reads no Chinese reads the same in English', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=en&place=500235143');
  await atlas.expectPanel('Yanping Town');
  for (const fact of ['Fennel base', 'Chrysanthemum base', 'Area planted with Chinese herbs', 'Schematic']) {
    await expect(atlas.details.getByText(new RegExp(fact, 'i')).first()).toBeVisible();
  }
  const untranslated = await atlas.details.evaluate((panel) => {
    const walker = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const text = node.textContent?.trim() ?? '';
      const marked = node.parentElement?.closest('[lang]')?.getAttribute('lang')?.startsWith('zh');
      // An English sentence may quote a Chinese word; it is not one.
      const chinese = text.match(/[一-龥]/g)?.length ?? 0;
      if (chinese * 3 > text.length && !marked) found.push(text);
    }
    return found;
  });
  expect(untranslated, 'Chinese is only left where it is marked as Chinese').toEqual([]);
});

test('an unknown place says so and says what to do', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&place=500235999');
  await expect(atlas.details.getByText('500235999').first()).toBeVisible();
});

test('places that share one spot can each be chosen', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&at=30.93295,108.69332,13&layers=townships,medical');
  await atlas.clickMap(108.69332, 30.93295);
  const choice = page.getByRole('button', { name: /云阳县中医院/ }).or(page.getByRole('option', { name: /云阳县中医院/ }));
  await choice.first().click();
  await atlas.expectPanel('云阳县中医院');
});

test('contradictions of the plans are listed, and stand at the figure they concern', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open();
  await page.getByRole('button', { name: '表格', exact: true }).click();
  await page.getByRole('tab', { name: '数据矛盾' }).click();
  await expect(page.getByRole('tabpanel', { name: '数据矛盾' }).getByRole('status').first()).toContainText('共 87 条');
  await page.getByRole('searchbox', { name: '按文字筛选' }).fill('医疗服务产业');
  const first = page.getByRole('table').getByRole('row').nth(1);
  await expect(first).toContainText('30亿元');
  await expect(first).toContainText('25亿元');

  await page.getByRole('tab', { name: '指标', exact: true }).click();
  await page.getByRole('searchbox', { name: '按文字筛选' }).fill('医疗服务产业产值');
  await page.getByRole('table').getByRole('button', { name: '医疗服务产业产值', exact: true }).first().click();
  await atlas.expectPanel('医疗服务产业产值');
  await expect(atlas.details.getByText('说法不一').first()).toBeVisible();
  await expect(atlas.details.getByRole('button', { name: /医疗服务产业2025产值/ })).toBeVisible();
});
