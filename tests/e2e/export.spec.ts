/** Layers taken away: chosen, foretold with all that is lost, and downloaded. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page, type Request } from '@playwright/test';
import { AtlasPage } from './atlas.js';
import { unzip } from './zip.js';

const VIEW = 'at=31.02,108.9,9.6';

class ExportPage extends AtlasPage {
  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: /^(导出图层|Export layers)$/ });
  }

  get report(): Locator {
    return this.dialog.getByRole('region', { name: /^(将得到什么|What you will get)$/ });
  }

  get downloadButton(): Locator {
    return this.dialog.getByRole('button', { name: /^(下载|Download)$/ });
  }

  async openDialog(): Promise<void> {
    await this.page.getByRole('banner').getByRole('button', { name: /^(导出图层|Export layers)$/ }).click();
    await expect(this.dialog.getByRole('radio', { name: /^XLSX/ })).toBeVisible();
  }

  async onlyLayer(name: RegExp): Promise<void> {
    await this.dialog.getByRole('button', { name: /^(全不选|None)$/ }).click();
    await this.dialog.getByRole('checkbox', { name }).check();
  }

  choose(name: RegExp): Promise<void> {
    return this.dialog.getByRole('radio', { name }).check();
  }

  /** The report is that of what is chosen now. */
  async foretold(said: RegExp): Promise<void> {
    await expect(this.report.getByRole('status')).toHaveText(said);
    await expect(this.downloadButton).toHaveAttribute('aria-disabled', 'false');
  }

  async download(): Promise<{ name: string; files: Map<string, Buffer> }> {
    const coming = this.page.waitForEvent('download');
    await this.downloadButton.click();
    const file = await coming;
    await expect(this.dialog.getByText(/^(已下载|Downloaded) /)).toBeVisible();
    return { name: file.suggestedFilename(), files: unzip(await readFile(await file.path())) };
  }

  losses(): Promise<Request> {
    return this.page.waitForRequest((request) => request.url().includes('/api/export/losses'));
  }
}

const text = (files: Map<string, Buffer>, name: RegExp): string => {
  const found = [...files].find(([file]) => name.test(file));
  if (!found) throw new Error(`no ${String(name)} among ${[...files.keys()].join(', ')}`);
  return found[1].toString('utf8');
};

const ids = (geojson: string): string[] => (JSON.parse(geojson) as { features: { id: string }[] }).features.map(({ id }) => id);

test('a shapefile for old ArcGIS says what it loses before the download, and the zip says it too', async ({ page }) => {
  const atlas = new ExportPage(page);
  await atlas.open();
  await atlas.openDialog();
  await expect(atlas.dialog.getByRole('checkbox', { name: /^中药材乡镇/ }), 'visible layers are chosen at first').toBeChecked();
  await expect(atlas.dialog.getByRole('checkbox', { name: /^景区/ })).not.toBeChecked();
  await atlas.onlyLayer(/^中药材乡镇/);
  await atlas.choose(/^Shapefile/);
  await atlas.choose(/^GBK/);
  await atlas.foretold(/^22 个要素，\d+ 类损失$/);
  await expect(atlas.report).toContainText('GBK.zip');
  await atlas.report.getByText('字段改名').click();
  const renamed = atlas.report.getByRole('row', { name: /中药材品种/ });
  await expect(renamed).toBeVisible();
  const written = (await renamed.getByRole('cell').last().textContent()) ?? '';
  expect(written).not.toBe('');
  expect(await atlas.violations()).toEqual([]);

  const { name, files } = await atlas.download();
  expect(name).toMatch(/^herbs.*GBK\.zip$/);
  for (const file of ['说明.txt', '损失报告.txt', '字段对照.csv']) expect([...files.keys()].map((path) => path.split('/').at(-1))).toContain(file);
  const fields = text(files, /字段对照\.csv$/);
  expect(fields).toContain('中药材品种');
  expect(fields).toContain(written);
  const cpg = text(files, /\.cpg$/);
  expect(cpg).toContain('936');
  const dbf = [...files].find(([file]) => file.endsWith('.dbf'))?.[1] ?? Buffer.alloc(0);
  expect(new TextDecoder('gbk').decode(dbf)).toContain(written);
  await atlas.expectQuiet();
});

test('only what the screen shows', async ({ page }) => {
  const atlas = new ExportPage(page);
  await atlas.open('/?lang=zh&at=31.02,108.9,11.5');
  await atlas.openDialog();
  await atlas.onlyLayer(/^乡镇街道/);
  await atlas.choose(/^GeoJSON QGIS|^GeoJSON(?! Lines)/);
  const asked = atlas.losses();
  await atlas.choose(/^屏幕上看到的范围/);
  const bbox = new URL((await asked).url()).searchParams.get('bbox')?.split(',').map(Number) ?? [];
  expect(bbox).toHaveLength(4);
  await expect(atlas.report.getByRole('status')).toHaveText(/^\d+ 个要素/);
  const { files } = await atlas.download();
  const seen = ids(text(files, /\.geojson$/));
  expect(seen).toContain('500235135');
  expect(seen.length).toBeLessThan(75);
  expect(await atlas.report.getByRole('status').textContent()).toMatch(new RegExp(`^${seen.length} 个要素`));
  const box = (await (await page.request.get(`/api/export/losses?format=geojson&layers=townships&bbox=${bbox.join(',')}`)).json()) as { features: number };
  expect(box.features).toBe(seen.length);
});

test('only the places that a table filter has found', async ({ page }) => {
  const atlas = new ExportPage(page);
  await atlas.open('/?lang=zh&dock=table:places');
  await page.getByRole('searchbox').or(page.getByRole('textbox', { name: /筛选|查找/ })).first().fill('云阳镇');
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  await atlas.openDialog();
  const found = atlas.dialog.getByRole('radio', { name: /^屏幕上筛选出的 \d+ 处地点/ });
  await expect(found).toBeEnabled();
  await atlas.onlyLayer(/^乡镇街道/);
  await atlas.choose(/^GeoJSON(?! Lines)/);
  await found.check();
  await expect(atlas.report.getByRole('status')).toHaveText(/^1 个要素/);
  const { files } = await atlas.download();
  expect(ids(text(files, /\.geojson$/))).toEqual(['500235135']);

  // The same filter with a layer that has none of them: said where it can be mended.
  await atlas.onlyLayer(/^河流/);
  await expect(atlas.dialog.getByRole('group', { name: '范围' }).getByRole('alert')).toContainText('请换个范围');
  await expect(atlas.downloadButton).toHaveAttribute('aria-disabled', 'true');
  expect(await atlas.violations()).toEqual([]);
});

test('a township, and an area I drew', async ({ page }) => {
  const atlas = new ExportPage(page);
  await atlas.open(`/?lang=zh&${VIEW}&drawer=ask&ask=area~polygon~108.8,31.1_109,31.1_109,30.9_108.8,30.9`);
  await atlas.openDialog();
  await atlas.onlyLayer(/^乡镇街道/);
  await atlas.choose(/^CSV/);
  await atlas.choose(/^某个乡镇/);
  await expect(atlas.dialog.getByRole('group', { name: '范围' }).getByRole('alert')).toContainText('选定一个乡镇');
  const picker = atlas.dialog.getByRole('combobox', { name: /哪个乡镇/ });
  await picker.fill('yp');
  await atlas.dialog.getByRole('option', { name: /堰坪镇/ }).click();
  await atlas.foretold(/^\d+ 个要素/);
  expect(await atlas.violations()).toEqual([]);

  const asked = atlas.losses();
  await atlas.choose(/^画好的范围/);
  const body = (await asked).postDataJSON() as { area: { type: string }; layers: string[] };
  expect(body.area.type).toBe('Polygon');
  expect(body.layers).toEqual(['townships']);
  await atlas.foretold(/^\d+ 个要素/);
});

test('formats of degrees alone, shifted systems, and a choice that is remembered', async ({ page }) => {
  const atlas = new ExportPage(page);
  await atlas.open();
  await atlas.openDialog();
  const system = atlas.dialog.getByRole('combobox', { name: '坐标系' });
  await atlas.choose(/^GeoPackage/);
  await system.selectOption('GCJ-02');
  await expect(atlas.dialog.getByText('坐标有意偏移了几百米')).toBeVisible();
  await expect(atlas.report).toContainText('GCJ-02');
  await atlas.choose(/^KMZ/);
  await expect(system).toBeDisabled();
  await expect(system).toHaveValue('EPSG:4326');
  await expect(atlas.dialog.getByText('KMZ 只能用 WGS 84 经纬度')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(atlas.dialog).toHaveCount(0);
  await atlas.openDialog();
  await expect(atlas.dialog.getByRole('radio', { name: /^KMZ/ })).toBeChecked();
  await atlas.choose(/^DXF/);
  await expect(system).toHaveValue('GCJ-02');
  expect(page.url()).not.toContain('GCJ');
});

test('in English by keyboard alone', async ({ page }) => {
  const atlas = new ExportPage(page, 'en');
  await atlas.open('/?lang=en');
  await page.keyboard.press('e');
  await expect(atlas.dialog.getByRole('radio', { name: /^XLSX/ })).toBeChecked();
  await tabTo(page, 'None');
  await page.keyboard.press('Enter');
  await expect(atlas.dialog.getByRole('group', { name: 'Layers to export' }).getByRole('alert')).toHaveText('Tick at least one layer.');
  await expect(atlas.downloadButton).toHaveAttribute('aria-disabled', 'true');
  await tabTo(page, 'Herb townships');
  await page.keyboard.press('Space');
  await tabTo(page, 'XLSX');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(atlas.dialog.getByRole('radio', { name: /^GeoPackage/ })).toBeChecked();
  await atlas.foretold(/^22 features/);
  expect(await atlas.violations()).toEqual([]);
  await tabTo(page, 'Download');
  const coming = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await coming).suggestedFilename()).toMatch(/^herbs.*\.zip$/);
  await expect(atlas.dialog.getByText(/^Downloaded herbs/)).toBeVisible();
  await expect(atlas.downloadButton, 'the focus stays with the download').toBeFocused();
  await page.keyboard.press('Escape');
  await expect(atlas.dialog).toHaveCount(0);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Export layers');
  await atlas.expectQuiet();
});

/** Goes on with Tab until something that is called so has the focus; a dialog keeps it within. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    const label = await page.evaluate(() => {
      const at = document.activeElement;
      if (!document.querySelector('dialog[open]')?.contains(at) && at !== document.body) throw new Error('the focus has left the dialog');
      return (at?.closest('label') ?? at)?.textContent ?? '';
    });
    if (label.startsWith(name)) return;
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

test('a download can be stopped, and one that fails says so and can be tried again', async ({ page }) => {
  const atlas = new ExportPage(page);
  await atlas.open();
  await atlas.openDialog();
  await atlas.foretold(/个要素/);
  let release = (): void => undefined;
  await page.route('**/api/export?**', async (route) => {
    await new Promise<void>((resolve) => (release = resolve));
    await route.abort().catch(() => undefined);
  });
  await atlas.downloadButton.click();
  await expect(atlas.dialog.getByText('服务器正在写文件…')).toBeVisible();
  const cancel = atlas.dialog.getByRole('button', { name: '取消下载' });
  await expect(cancel).toBeFocused();
  expect(await atlas.violations()).toEqual([]);
  await cancel.press('Enter');
  await expect(atlas.dialog.getByText('已取消，没有存下文件。')).toBeVisible();
  release();
  await page.unroute('**/api/export?**');

  await page.route('**/api/export?**', (route) => route.fulfill({
    status: 503, contentType: 'application/problem+json', body: JSON.stringify({ title: 'Service Unavailable', status: 503, detail: 'busy' }),
  }));
  await atlas.downloadButton.click();
  await expect(atlas.dialog.getByRole('alert').filter({ hasText: '服务器正忙' })).toBeVisible();
  await page.unroute('**/api/export?**');
  const { name } = await atlas.download();
  expect(name).toMatch(/\.zip$/);
});

test.describe('on a touch screen', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 600, height: 960 } });

  for (const lang of ['zh', 'en'] as const) {
    test(`everything can be hit and nothing is wrong (${lang})`, async ({ page }) => {
      const atlas = new ExportPage(page, lang);
      await atlas.open(`/?lang=${lang}`);
      await atlas.openDialog();
      await atlas.foretold(/^\d+ (个要素|features)/);
      for (const control of [...(await atlas.dialog.getByRole('button').all()), ...(await atlas.dialog.getByRole('combobox').all())]) {
        const box = await control.boundingBox();
        if (box) expect(box.height, (await control.textContent()) ?? '').toBeGreaterThanOrEqual(43.5);
      }
      for (const row of await atlas.dialog.locator('label').all()) expect((await row.boundingBox())?.height, (await row.textContent()) ?? '').toBeGreaterThanOrEqual(43.5);
      expect(await page.evaluate(() => document.querySelector('dialog')?.scrollWidth === document.querySelector('dialog')?.clientWidth)).toBe(true);
      expect(await atlas.violations()).toEqual([]);
      await atlas.dialog.getByRole('button', { name: /类损失|kinds? of loss/ }).click();
      await expect(atlas.report.getByRole('heading').first()).toBeInViewport();
    });
  }
});
