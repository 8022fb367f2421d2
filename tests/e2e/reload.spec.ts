/** The page while the data behind it changes: it says so, takes it over when asked, and loses nothing. */
import { expect, type Page, test } from '@playwright/test';
import { AtlasPage } from './atlas.js';
import { ChangingAtlas } from './changing.js';

const TOWNSHIPS = 'yunyang/places/townships.geojson';

/** Somebody comes back to the page, which then asks at once instead of some seconds later. */
const comeBack = (page: Page): Promise<void> => page.evaluate(() => void window.dispatchEvent(new Event('focus')));

/** Comes back again and again until the page has heard of what was saved. */
async function eventually(page: Page, sees: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await comeBack(page);
    await sees();
  }).toPass({ timeout: 60_000, intervals: [1500] });
}

let data: ChangingAtlas;
test.beforeEach(async () => {
  data = await ChangingAtlas.start();
});
test.afterEach(() => data.stop());

const WORDS = {
  zh: { newer: '数据已更新', load: '载入新数据', refused: '数据文件夹有错误，仍显示上一版本', understood: '知道了', problem: /错误 yunyang\/roles\.csv:4 .*没有编号为/, name: '双江新街道' },
  en: { newer: 'New data is there', load: 'Load it', refused: 'The data folder has errors; the last good version is shown', understood: 'Understood', problem: /error yunyang\/roles\.csv:4 .*there is no place/, name: 'Newriver Subdistrict' },
} as const;

for (const lang of ['zh', 'en'] as const) {
  const words = WORDS[lang];

  test(`newer data is offered and taken over with the same view, layers and selection (${lang})`, async ({ page }, info) => {
    const atlas = new AtlasPage(page, lang);
    await atlas.open(`${data.address}/?lang=${lang}&place=500235001&layers=townships,medical&dock=table:projects`);
    await atlas.expectPanel(lang === 'zh' ? '双江街道' : 'Shuangjiang Subdistrict');
    const notice = page.getByRole('status').filter({ hasText: words.newer });
    await expect(notice).toHaveCount(0);

    data.edit(TOWNSHIPS, '"双江街道","name_en":"Shuangjiang Subdistrict"', '"双江新街道","name_en":"Newriver Subdistrict"');
    await eventually(page, () => expect(notice).toBeVisible({ timeout: 500 }));
    expect(await atlas.violations()).toEqual([]);
    await page.screenshot({ path: info.outputPath(`newer-${lang}.png`) });

    const before = page.url();
    await page.getByRole('button', { name: words.load, exact: true }).click();
    await atlas.expectPanel(words.name);
    await atlas.settled();
    await expect(notice).toHaveCount(0);
    expect(page.url()).toBe(before);
    await expect(page.getByRole('rowheader').first()).toBeVisible();
    await atlas.expectQuiet();
  });

  test(`a refused change is told with its first problem while the page works on (${lang})`, async ({ page }, info) => {
    const atlas = new AtlasPage(page, lang);
    await atlas.open(`${data.address}/?lang=${lang}&place=500235143`);
    const notice = page.getByRole('status').filter({ hasText: words.refused });

    data.edit('yunyang/roles.csv', 'yunyang:shuikou-cluster', 'yunyang:shuiku-cluster');
    await eventually(page, () => expect(notice).toBeVisible({ timeout: 500 }));
    await expect(notice).toContainText(words.problem);
    expect(await atlas.violations()).toEqual([]);
    await page.screenshot({ path: info.outputPath(`refused-${lang}.png`) });
    await atlas.expectPanel(lang === 'zh' ? '堰坪镇' : 'Yanping Town');

    await page.getByRole('button', { name: words.understood, exact: true }).click();
    await comeBack(page);
    await expect(notice).toHaveCount(0);

    data.edit('yunyang/roles.csv', 'yunyang:shuiku-cluster', 'yunyang:shuikou-wrong');
    await eventually(page, () => expect(notice).toBeVisible({ timeout: 500 }));
    data.edit('yunyang/roles.csv', 'yunyang:shuikou-wrong', 'yunyang:shuikou-cluster');
    await eventually(page, () => expect(notice).toHaveCount(0, { timeout: 500 }));
    await atlas.expectQuiet();
  });
}
