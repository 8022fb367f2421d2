/** Comparing: two pictures under a curtain, and townships in columns. */
import { expect, type Page, test } from '@playwright/test';
import { AtlasPage } from './atlas.js';

const curtain = (page: Page) => page.getByRole('slider', { name: '卷帘位置' });

/** Both maps have drawn what they were asked for. */
async function settled(atlas: AtlasPage): Promise<void> {
  await atlas.settled();
  await atlas.page.locator('[data-curtain-state="idle"]').waitFor({ timeout: 60_000 });
}

test('a curtain parts two sets of layers, is drawn by keyboard, and leaves as it came', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&drawer=compare');
  await page.getByRole('button', { name: '对比两组图层' }).focus();
  await page.keyboard.press('Enter');
  await settled(atlas);
  const before = Number(await curtain(page).getAttribute('aria-valuenow'));
  await curtain(page).focus();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowLeft');
  await expect(curtain(page)).toHaveAttribute('aria-valuenow', String(Math.round(before - 12)));
  await page.getByRole('checkbox', { name: '右边显示：医疗卫生机构' }).check();
  await expect(page.getByRole('checkbox', { name: '右边显示：中药材乡镇' })).not.toBeChecked();
  await settled(atlas);
  expect(await atlas.violations()).toEqual([]);

  const link = page.url();
  expect(link).toContain('swipe=');
  await page.reload();
  await settled(atlas);
  expect(page.url()).toBe(link);
  await expect(page.getByRole('checkbox', { name: '右边显示：医疗卫生机构' })).toBeChecked();

  await page.getByRole('button', { name: '结束对比' }).click();
  await expect(curtain(page)).toBeHidden();
  await page.getByRole('tab', { name: '图层' }).click();
  await expect(page.getByRole('checkbox', { name: '中药材乡镇', exact: true })).toBeChecked();
  await atlas.expectQuiet();
});

test('each side answers to the pointer with what it shows, and both move together', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&drawer=compare&at=31.0,109.0,9.5&swipe=45*townships,counties*townships,counties,herbs');
  await settled(atlas);
  const right = page.getByRole('region', { name: '对比图（右边）' });
  const spot = await atlas.spot(109.15, 31.05);
  await right.click({ position: spot });
  await atlas.expectPanel('堰坪镇');
  await page.keyboard.press('Escape');

  const before = page.url();
  const box = await right.boundingBox();
  if (!box) throw new Error('there is no right side');
  await page.mouse.move(box.x + box.width * 0.8, box.y + 300);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8 - 60, box.y + 280, { steps: 2 });
  await page.mouse.up();
  await expect.poll(() => page.url(), 'the address follows the map that was dragged').not.toBe(before);
  await settled(atlas);
  await atlas.expectQuiet();
});

test('two years of one measure lie side by side in the same classes', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&drawer=compare');
  await page.getByRole('button', { name: '对比两个年份' }).click();
  await settled(atlas);
  await page.getByRole('combobox', { name: '左边：截至' }).selectOption('2021');
  await page.getByRole('combobox', { name: '右边：截至' }).selectOption('2025');
  await settled(atlas);
  await expect(page.getByText('截至 2021 年').first()).toBeVisible();
  await expect(page.getByText('截至 2025 年').first()).toBeVisible();
  const key = page.getByRole('region', { name: '图名与说明' }).getByRole('listitem').filter({ hasText: /\d+ \| \d+ 处/ });
  expect(await key.count()).toBeGreaterThan(1);
  await page.goBack();
  await expect(curtain(page)).toBeHidden();
  await atlas.expectQuiet();
});

test('three townships stand side by side, with differences said in words', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&place=500235143');
  await atlas.details.getByRole('button', { name: '加入对照' }).click();
  await expect(atlas.details.getByText('已在对照中')).toBeVisible();
  await atlas.details.getByRole('button', { name: '打开对照表' }).click();
  const dock = page.getByRole('region', { name: '乡镇对照' });
  const box = dock.getByRole('combobox', { name: '添加乡镇街道' });
  for (const [typed, name] of [['hongshi', /红狮镇/], ['longjiao', /龙角镇/]] as const) {
    await box.fill(typed);
    await expect(dock.getByRole('option', { name }).first()).toBeVisible();
    await box.press('Enter');
    await expect(dock.getByRole('columnheader', { name })).toBeVisible();
  }
  const table = dock.getByRole('table', { name: '乡镇街道对照表' });
  await expect(table.getByRole('columnheader')).toHaveCount(4);
  await expect(table.getByRole('row', { name: /所在县.*相同/ })).toContainText('云阳县');
  await expect(table.getByRole('row', { name: /面积/ })).toContainText('示意');
  const herbs = table.getByRole('row', { name: /药材品种/ });
  await expect(herbs).toContainText('不同');
  await expect(herbs.getByText('均有')).toHaveCount(3);
  await expect(table.getByRole('row', { name: /到最近的区域医疗中心/ })).toContainText('约');

  await table.getByRole('button', { name: '项目：列出' }).click();
  await expect(table.getByRole('button', { name: '菊花基地', exact: true }).first()).toBeVisible();
  await dock.getByRole('checkbox', { name: '只看不同的行' }).check();
  await expect(table.getByRole('row', { name: /所在县/ })).toBeHidden();
  expect(page.url()).toContain('columns=500235143,');
  expect(await atlas.violations()).toEqual([]);

  const download = page.waitForEvent('download');
  await dock.getByRole('button', { name: '下载 CSV' }).click();
  const text = await (await download).createReadStream().then(async (stream) => {
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    return Buffer.concat(parts).toString('utf8');
  });
  expect(text).toMatch(/^\uFEFF项目,堰坪镇,红狮镇,龙角镇,不同\r\n/);
  await dock.getByRole('button', { name: '去掉红狮镇' }).click();
  await expect(table.getByRole('columnheader')).toHaveCount(3);
  await atlas.expectQuiet();
});

test('an empty comparison and a place that is no more say what to do', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=en&dock=columns');
  await expect(page.getByText('No township has been chosen yet.')).toBeVisible();
  expect(await atlas.violations()).toEqual([]);
  await page.goto('/?lang=en&dock=columns&columns=500235143,500235999');
  await atlas.settled();
  await page.getByRole('button', { name: 'Remove 500235999' }).click();
  await expect(page.getByRole('columnheader', { name: /Yanping/ })).toBeVisible();
});
