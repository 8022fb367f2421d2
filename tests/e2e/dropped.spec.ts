/** A layer that somebody put into the data folder: what its features say is told when they are opened. */
import { expect, test } from '@playwright/test';
import { AtlasPage } from './atlas.js';
import { ChangingAtlas } from './changing.js';

/** A text sequence: its features stay in the file. */
const PARCELS = [1, 2, 3].map((number) => JSON.stringify({
  type: 'Feature', id: number,
  geometry: { type: 'Point', coordinates: [108.85 + number * 0.01, 31.0] },
  properties: { 名称: `试验田${number}`, 地类名称: '水田', 面积: number * 1.5, 备注: null },
})).join('\n');

const WORDS = {
  zh: { accuracy: '文件没有注明位置精度。', layer: '自带图层' },
  en: { accuracy: 'The file does not say how exact the position is.', layer: 'Your layers' },
} as const;

let data: ChangingAtlas;
test.beforeAll(async () => {
  data = await ChangingAtlas.start({ 'parcels.geojsonl': PARCELS });
});
test.afterAll(() => data.stop());

for (const lang of ['zh', 'en'] as const) {
  test(`a feature of a file in the folder tells what the file says of it (${lang})`, async ({ page }, info) => {
    const atlas = new AtlasPage(page, lang);
    await atlas.open(`${data.address}/?lang=${lang}&place=parcels:2&layers=townships,parcels`);
    await atlas.expectPanel('试验田2');
    const panel = page.getByRole('complementary').filter({ hasText: '试验田2' });
    for (const text of [WORDS[lang].accuracy, '地类名称', '水田', '面积', '3']) await expect(panel.getByText(text, { exact: true })).toBeVisible();
    await expect(panel.getByText('备注')).toHaveCount(0);
    await expect(page.getByText(WORDS[lang].layer)).toBeVisible();
    expect(await atlas.violations()).toEqual([]);
    await atlas.settled();
    await page.screenshot({ path: info.outputPath(`dropped-${lang}.png`) });
    await atlas.expectQuiet();
  });
}
