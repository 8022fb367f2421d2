/** The investor's room: a tour on the whole screen, by keys, clicker, finger and link; and a tour of one's own. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { AtlasPage, type Lang } from './atlas.js';
import { ChangingAtlas } from './changing.js';

interface Stop {
  title: string;
  title_en: string;
  caption: string;
  caption_en: string;
}

const WORDS = {
  zh: { open: '讲解', start: /开始讲解：云阳/, leave: '结束讲解', list: '目录', next: '下一站', back: '上一站', last: /水口组团/, number: (n: number, of: number) => `第 ${n} 站，共 ${of} 站` },
  en: { open: 'Guided tours', start: /Start the tour: Yunyang/, leave: 'End the tour', list: 'Stops', next: 'Next stop', back: 'Previous stop', last: /Shuikou cluster/, number: (n: number, of: number) => `Stop ${n} of ${of}` },
} as const;

const stopsOf = async (page: Page, id: string): Promise<Stop[]> => {
  const { items } = (await (await page.request.get('/api/tours')).json()) as { items: { id: string; stops: Stop[] }[] };
  return items.find((tour) => tour.id === id)?.stops ?? [];
};

const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 });
const card = (page: Page): Locator => page.getByRole('group', { name: /第 \d+ 站，共|Stop \d+ of/ });

async function expectStop(page: Page, number: number, stops: readonly Stop[], lang: Lang): Promise<void> {
  const stop = stops[number - 1];
  if (!stop) throw new Error(`there is no stop ${number}`);
  await expect(heading(page)).toHaveText(lang === 'zh' ? stop.title : stop.title_en);
  await expect(card(page).getByText(lang === 'zh' ? stop.caption : stop.caption_en)).toBeVisible();
  await expect(page.getByRole('button', { name: WORDS[lang].number(number, stops.length) })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`tour=[a-z-]+&stop=${number}$`));
}

for (const lang of ['zh', 'en'] as const) {
  test(`the story goes from the county to the Shuikou cluster by arrow keys (${lang})`, async ({ page }) => {
    test.slow();
    const words = WORDS[lang];
    const atlas = new AtlasPage(page);
    await atlas.open(`/?lang=${lang}`);
    const stops = await stopsOf(page, 'yunyang');
    expect(stops.length).toBeGreaterThanOrEqual(7);
    const title = await page.title();

    await page.getByRole('button', { name: words.open, exact: true }).click();
    await expect(page.getByRole('dialog', { name: words.open })).toBeVisible();
    expect(await atlas.violations()).toEqual([]);
    await page.getByRole('button', { name: words.start }).click();
    for (let number = 1; number <= stops.length; number++) {
      await expectStop(page, number, stops, lang);
      await atlas.settled();
      if (number === 1 || number === 7 || number === stops.length) expect(await atlas.violations(), `stop ${number}`).toEqual([]);
      await page.keyboard.press('ArrowRight');
    }
    // There is nothing beyond the last one.
    await expectStop(page, stops.length, stops, lang);
    await expect(heading(page)).toHaveText(words.last);
    await expect(page.getByRole('banner')).toBeHidden();
    await expect(page.getByRole('navigation')).toBeHidden();
    await page.keyboard.press('ArrowLeft');
    await expectStop(page, stops.length - 1, stops, lang);

    await page.keyboard.press('Escape');
    await expect(page.getByRole('banner')).toBeVisible();
    await expect(page).not.toHaveURL(/tour=|layers=/);
    expect(await page.title()).toBe(title);
    await atlas.expectQuiet();
  });
}

test('a link opens the very stop, and again after reloading', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&at=31,108.9,9&layers=townships,counties&tour=yunyang&stop=6');
  const stops = await stopsOf(page, 'yunyang');
  await expectStop(page, 6, stops, 'zh');
  await page.keyboard.press('ArrowRight');
  await page.reload();
  await atlas.settled();
  await expectStop(page, 7, stops, 'zh');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/layers=townships,counties/);
  await expect(page.getByRole('checkbox', { name: '乡镇街道', exact: true })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: '河流', exact: true })).not.toBeChecked();
  // The browser's own way back leads into the tour again, and out of it.
  await page.goBack();
  await expectStop(page, 7, stops, 'zh');
  await page.goForward();
  await expect(page.getByRole('banner')).toBeVisible();
  await atlas.expectQuiet();
});

test('a tour that is not there says so, and Escape leads out', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&tour=nowhere&stop=2');
  await expect(heading(page)).toHaveText('没有这个讲解');
  expect(await atlas.violations()).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('banner')).toBeVisible();
});

test('a clicker leads on, back, to either end, and darkens the screen', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&tour=herb-industry');
  const stops = await stopsOf(page, 'herb-industry');
  for (const [key, number] of [['PageDown', 2], ['PageDown', 3], ['PageUp', 2], ['End', stops.length], ['Home', 1], ['Space', 2]] as const) {
    await page.keyboard.press(key);
    await expectStop(page, number, stops, 'zh');
  }
  const dark = page.getByRole('button', { name: /黑屏/ });
  await page.keyboard.press('.');
  await expect(dark).toBeVisible();
  await page.keyboard.press('b');
  await expect(dark).toBeHidden();
  await page.keyboard.press('.');
  await page.keyboard.press('PageDown');
  await expect(dark).toBeHidden();
  await expectStop(page, 3, stops, 'zh');
  await atlas.expectQuiet();
});

test('the list of stops leads to any of them, and what has no position is named', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&tour=yunyang');
  const stops = await stopsOf(page, 'yunyang');
  await page.getByRole('button', { name: /第 1 站.*目录/ }).click();
  const list = page.getByRole('navigation', { name: /目录/ });
  await expect(list.getByRole('button')).toHaveCount(stops.length);
  await expect(list.locator('[aria-current="step"]')).toBeFocused();
  expect(await atlas.violations()).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await page.keyboard.press('l');
  await list.getByRole('button', { name: /四十八槽/ }).click();
  await expectStop(page, 7, stops, 'zh');
  await expect(card(page)).toContainText('规划未给出位置');
  await expect(card(page)).toContainText('《云阳县大健康产业发展“十四五”规划》 第二章第四节');
});

test('a record is opened on the desk, and the way back leads to the very stop', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&tour=yunyang&stop=10');
  const stops = await stopsOf(page, 'yunyang');
  const record = card(page).getByRole('list', { name: '相关条目' }).getByRole('button').first();
  const name = (await record.textContent()) ?? '';
  await record.click();
  await atlas.expectPanel(name);
  await page.getByRole('button', { name: '回到讲解' }).click();
  await expectStop(page, 10, stops, 'zh');
  await expect(atlas.details).toBeHidden();
  await atlas.expectQuiet();
});

test('without full screen it works in the window, and letters do nothing where they are switched off', async ({ page }) => {
  await page.addInitScript(() => {
    Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('Permissions check failed'));
  });
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh');
  await page.getByRole('button', { name: '设置与帮助' }).click();
  await page.getByRole('checkbox', { name: '启用单键快捷键' }).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('s');
  await expect(page.getByRole('banner')).toBeVisible();
  await page.getByRole('button', { name: '讲解', exact: true }).click();
  await page.getByRole('button', { name: /开始讲解：奉节/ }).click();
  const stops = await stopsOf(page, 'fengjie');
  await page.keyboard.press('b');
  await expect(page.getByRole('button', { name: /黑屏/ })).toBeHidden();
  await page.keyboard.press('PageDown');
  await expectStop(page, 2, stops, 'zh');
  await page.getByRole('button', { name: '结束讲解' }).click();
  await expect(page.getByRole('button', { name: '讲解', exact: true })).toBeFocused();
  await atlas.expectQuiet();
});

test('the key starts the first tour, and goes on where it was left', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh');
  const stops = await stopsOf(page, 'yunyang');
  await page.keyboard.press('s');
  await expectStop(page, 1, stops, 'zh');
  await page.keyboard.press('End');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('banner')).toBeVisible();
  await page.keyboard.press('s');
  await expectStop(page, stops.length, stops, 'zh');
});

test.describe('where motion is wanted', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });
  test('the map is there again after the way to the next stop', async ({ page }) => {
    const atlas = new AtlasPage(page);
    await atlas.open('/?lang=zh&tour=yunyang&stop=3');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
    await expect(heading(page)).toHaveText(/一核/);
    await atlas.settled();
    await expect(page.locator('.map canvas').first()).toHaveCSS('opacity', '1');
    await atlas.expectQuiet();
  });
});

test.describe('on a tablet', () => {
  test.use({ hasTouch: true, viewport: { width: 768, height: 1024 } });
  test('a finger turns the page, and the buttons are large', async ({ page }) => {
    const atlas = new AtlasPage(page);
    await atlas.open('/?lang=zh&tour=yunyang');
    const stops = await stopsOf(page, 'yunyang');
    const swipe = async (from: number, to: number): Promise<void> => {
      const box = await card(page).boundingBox();
      if (!box) throw new Error('there is no card');
      const at = (x: number) => ({ pointerType: 'touch', isPrimary: true, pointerId: 7, clientX: box.x + box.width * x, clientY: box.y + 90 });
      await card(page).dispatchEvent('pointerdown', at(from));
      await card(page).dispatchEvent('pointerup', at(to));
    };
    await swipe(0.8, 0.2);
    await expectStop(page, 2, stops, 'zh');
    await swipe(0.2, 0.8);
    await expectStop(page, 1, stops, 'zh');
    const next = page.getByRole('button', { name: '下一站' });
    expect((await next.boundingBox())?.height).toBeGreaterThanOrEqual(56);
    await next.click();
    await expectStop(page, 2, stops, 'zh');
    expect(await atlas.violations()).toEqual([]);
  });
});

test('the caption is in large letters on every screen', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&tour=yunyang&stop=10');
  const caption = page.locator('.talk-caption');
  for (const [width, height, least] of [[1366, 768, 28], [1920, 1080, 36], [1024, 768, 22]] as const) {
    await page.setViewportSize({ width, height });
    await expect.poll(() => caption.evaluate((element) => parseFloat(getComputedStyle(element).fontSize)), `${width} × ${height}`).toBeGreaterThanOrEqual(least);
    for (const part of [caption, page.locator('.talk-source'), page.locator('.talk-records')]) await expect(part).toBeInViewport({ ratio: 1 });
  }
});

test('views are saved as a tour, put in order, presented, and downloaded as a file that a server takes', async ({ page }) => {
  test.slow();
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&place=500235142&layers=counties,townships,layout');
  await atlas.expectPanel('水口镇');
  await page.keyboard.press('v');
  const dialog = page.getByRole('dialog', { name: '讲解' });
  await expect(dialog.getByLabel('站名', { exact: true })).toHaveValue('水口镇');
  await dialog.getByLabel('说明（一至三句）').fill('在水口大健康产业园和凤鸣组团布局“健康用品”产业。\n反斜线 \\ 与引号 "。');
  await dialog.getByLabel('英文说明').fill('Health goods in Shuikou and Fengming.');
  await dialog.getByLabel('出自规划').selectOption({ label: '云阳县大健康产业发展“十四五”规划' });
  await dialog.getByLabel('章节').selectOption('专栏5');
  await dialog.getByLabel('标题', { exact: true }).fill('招商一日');
  await dialog.getByLabel('英文标题').fill('A day for investors');
  expect(await atlas.violations()).toEqual([]);

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '关闭' }).first().click();
  await page.keyboard.press('g');
  await dialog.getByRole('button', { name: '记下当前视图' }).click();
  await dialog.getByLabel('站名', { exact: true }).fill('全景');
  await dialog.getByRole('button', { name: '上移：全景' }).click();
  await expect(dialog.getByRole('listitem').filter({ hasText: '全景' }).first()).toContainText('1');

  // It is still there after reloading.
  await page.reload();
  await atlas.settled();
  await page.keyboard.press('g');
  await dialog.getByRole('button', { name: '放映' }).click();
  await expect(heading(page)).toHaveText('全景');
  await page.keyboard.press('PageDown');
  await expect(heading(page)).toHaveText('水口镇');
  await page.keyboard.press('Escape');

  await page.keyboard.press('g');
  await expect(dialog.getByText('有 1 站的英文或说明还空着')).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: '下载 tours.toml' }).click()]);
  expect(download.suggestedFilename()).toBe('tours.toml');
  const text = readFileSync(await download.path(), 'utf8');
  for (const line of [
    'id = "a-day-for-investors"', 'title = "招商一日"', 'title_en = "全景"', 'layers = ["counties", "townships", "layout"]', 'places = ["500235142"]',
    'plan = "yunyang"', 'section = "专栏5"', 'caption = "在水口大健康产业园和凤鸣组团布局“健康用品”产业。\\n反斜线 \\\\ 与引号 \\"。"',
  ]) expect(text.split('\n')).toContain(line);

  await dialog.getByRole('button', { name: '删除：全景' }).click();
  await dialog.getByRole('button', { name: '删除：水口镇' }).click();
  await expect(dialog.getByText('还没有站点')).toBeVisible();
  await atlas.expectQuiet();

  const other = await ChangingAtlas.start({ 'tours.toml': text });
  try {
    const { items } = (await (await fetch(`${other.address}/api/tours`)).json()) as { items: { id: string; stops: Stop[] }[] };
    expect(items.find(({ id }) => id === 'a-day-for-investors')?.stops.map(({ title }) => title)).toEqual(['全景', '水口镇']);
  } finally {
    other.stop();
  }
});
