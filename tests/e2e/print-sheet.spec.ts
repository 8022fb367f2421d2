/** The map on a sheet to scale, or as a picture: chosen, looked at, and downloaded. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { AtlasPage, type Lang } from './atlas.js';

const WORDS = {
  zh: {
    settings: '设置与帮助', open: /^打印与出图/, title: '打印与出图', preview: '预览', whatIsDrawn: '画什么', county: '全县', view: '当前视图', each: '每个乡镇街道一张',
    scale: '比例尺', heading: '图题', download: '下载', done: /^已下载 /, atlas: '规划图册', place: '堰坪镇', selected: '选中的地点：堰坪镇',
    file: '规划图册-A4-1比100000.pdf', countyName: '云阳县', sheets: '乡镇街道-A4-75张.pdf', first: '第 1 张：双江街道，共 75 张',
  },
  en: {
    settings: 'Settings and help', open: /^Print and pictures/, title: 'Print and pictures', preview: 'Preview', whatIsDrawn: 'What', county: 'A whole county',
    view: 'The present view', each: 'A sheet for each township', scale: 'Scale', heading: 'Heading', download: 'Download', done: /^Downloaded /, atlas: 'Plan Atlas',
    place: 'Yanping Town', selected: 'The selected place: Yanping Town', file: 'Plan Atlas-A4-1to100000.pdf', countyName: 'Yunyang County',
    sheets: 'Townships and subdistricts-A4-75sheets.pdf', first: 'Sheet 1 of 75: Shuangjiang Subdistrict',
  },
} as const;

class PrintPage extends AtlasPage {
  readonly words: (typeof WORDS)[Lang];

  constructor(page: Page, lang: Lang) {
    super(page, lang);
    this.words = WORDS[lang];
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: this.words.title, exact: true });
  }

  get preview(): Locator {
    return this.dialog.getByRole('region', { name: this.words.preview });
  }

  get picture(): Locator {
    return this.preview.getByRole('img');
  }

  get scale(): Locator {
    return this.dialog.getByRole('combobox', { name: this.words.scale });
  }

  get heading(): Locator {
    return this.dialog.getByRole('textbox', { name: this.words.heading });
  }

  get downloadButton(): Locator {
    return this.dialog.getByRole('button', { name: this.words.download, exact: true });
  }

  async openDialog(): Promise<void> {
    await this.page.getByRole('button', { name: this.words.settings }).click();
    await this.page.getByRole('button', { name: this.words.open }).click();
    await this.drawn(/A3/);
  }

  choose(name: string): Promise<void> {
    return this.dialog.getByRole('radio', { name }).check();
  }

  /** The preview is that of what is chosen now. */
  async drawn(said: RegExp): Promise<void> {
    await expect(this.preview.getByRole('status')).toHaveText(said);
    await expect(this.preview).toHaveAttribute('aria-busy', 'false');
    await expect(this.downloadButton).toHaveAttribute('aria-disabled', 'false');
  }

  source(): Promise<string | null> {
    return this.picture.getAttribute('src');
  }

  /** What the server is asked for the next preview. */
  async asked(act: () => Promise<unknown>): Promise<URLSearchParams> {
    const request = this.page.waitForRequest((one) => one.url().includes('/map.svg?'));
    await act();
    return new URL((await request).url()).searchParams;
  }

  async download(): Promise<{ name: string; bytes: Buffer }> {
    const coming = this.page.waitForEvent('download');
    await this.downloadButton.click();
    const file = await coming;
    await expect(this.dialog.getByText(this.words.done)).toBeVisible();
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  }
}

for (const lang of ['zh', 'en'] as const) {
  test(`a sheet to scale is chosen, seen and downloaded as PDF (${lang})`, async ({ page }) => {
    const atlas = new PrintPage(page, lang);
    await atlas.open(`/?lang=${lang}&at=31.02,108.9,9.6`);
    await atlas.openDialog();
    await expect(atlas.heading).toHaveValue(atlas.words.atlas);
    const first = await atlas.source();
    const paper = await atlas.asked(() => atlas.choose('A4'));
    expect(Object.fromEntries(paper)).toMatchObject({ paper: 'a4', lang, margins: 'true', grid: 'auto', title: atlas.words.atlas });
    expect(paper.get('layers')).toContain('herbs');
    expect(paper.get('bbox')?.split(',')).toHaveLength(4);
    await atlas.drawn(/A4/);
    const second = await atlas.source();
    expect(second).not.toBe(first);

    expect((await atlas.asked(() => atlas.scale.selectOption('100000'))).get('scale')).toBe('100000');
    await atlas.drawn(/A4.* · 1:100 000$/);
    expect(await atlas.source()).not.toBe(second);
    expect(await atlas.picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
    expect(await atlas.violations()).toEqual([]);

    const { name, bytes } = await atlas.download();
    expect(name).toBe(atlas.words.file);
    expect(bytes.subarray(0, 4).toString()).toBe('%PDF');
    await page.keyboard.press('Escape');
    await expect(atlas.dialog).toHaveCount(0);
    await atlas.expectQuiet();
  });

  test(`the county, the selected place and a sheet for each township (${lang})`, async ({ page }) => {
    const atlas = new PrintPage(page, lang);
    await atlas.open(`/?lang=${lang}&place=500235143`);
    await atlas.expectPanel(atlas.words.place);
    await atlas.openDialog();
    expect((await atlas.asked(() => atlas.choose(atlas.words.county))).get('place')).toBe('500235');
    await expect(atlas.heading).toHaveValue(atlas.words.countyName);
    expect((await atlas.asked(() => atlas.choose(atlas.words.selected))).get('place')).toBe('500235143');
    await expect(atlas.heading).toHaveValue(atlas.words.place);
    await atlas.choose('A4');
    const sheet = await atlas.asked(() => atlas.choose(atlas.words.each));
    expect(sheet.get('place')).toBe('500235001');
    expect(sheet.get('title')).toBeNull();
    await expect(atlas.preview).toContainText(atlas.words.first);
    await expect(atlas.dialog.getByRole('radio', { name: 'PNG' })).toBeDisabled();
    await atlas.drawn(/A4/);
    expect(await atlas.violations()).toEqual([]);
    const { name, bytes } = await atlas.download();
    expect(name).toBe(atlas.words.sheets);
    expect(bytes.subarray(0, 4).toString()).toBe('%PDF');
    await atlas.expectQuiet();
  });
}

test('choices are found again, and what nobody can paint is said where it can be mended', async ({ page }) => {
  const atlas = new PrintPage(page, 'zh');
  await atlas.open('/?lang=zh');
  await atlas.openDialog();
  await atlas.choose('1920×1080');
  await atlas.choose('PNG');
  await atlas.drawn(/^1920 × 1080 像素$/);
  await expect(atlas.scale).toBeDisabled();
  const { name, bytes } = await atlas.download();
  expect(name).toBe('规划图册-3840x2160.png');
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], 'twice as sharp').toEqual([3840, 2160]);

  await page.reload();
  await atlas.settled();
  await page.keyboard.press('o');
  await expect(atlas.dialog.getByRole('radio', { name: '1920×1080' })).toBeChecked();
  await expect(atlas.dialog.getByRole('radio', { name: 'PNG' })).toBeChecked();
  await atlas.choose('A0');
  await expect(atlas.dialog.getByRole('alert').filter({ hasText: '像素太多' })).toBeVisible();
  await expect(atlas.picture, 'the map can be seen all the same').toBeVisible();
  await expect(atlas.downloadButton).toHaveAttribute('aria-disabled', 'true');
  await atlas.choose('PDF');
  await atlas.drawn(/^A0/);
  expect(page.url()).not.toContain('a0');
  await atlas.expectQuiet();
});

test('a place without a position says so instead of a preview', async ({ page }) => {
  const atlas = new PrintPage(page, 'zh');
  await atlas.open('/?lang=zh&place=yunyang:industrial-park');
  await atlas.openDialog();
  await atlas.dialog.getByRole('radio', { name: /^选中的地点/ }).check();
  await expect(atlas.preview.getByRole('alert')).toContainText('请改选它所在的乡镇街道');
  await expect(atlas.downloadButton).toHaveAttribute('aria-disabled', 'true');
  expect(await atlas.violations()).toEqual([]);
  await atlas.choose(WORDS.zh.view);
  await atlas.drawn(/^A3/);
  await atlas.expectQuiet();
});

test('while the next preview is drawn the last one stays; one that fails says why', async ({ page }) => {
  const atlas = new PrintPage(page, 'zh');
  await atlas.open('/?lang=zh');
  await atlas.openDialog();
  const before = await atlas.source();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/map.svg?**', async (route) => {
    await held;
    await route.continue();
  });
  await atlas.choose('A2');
  await expect(atlas.preview).toHaveAttribute('aria-busy', 'true');
  await expect(atlas.downloadButton).toHaveAttribute('aria-disabled', 'true');
  expect(await atlas.source()).toBe(before);
  release();
  await atlas.drawn(/^A2/);
  await page.unroute('**/map.svg?**');

  await page.route('**/map.svg?**', (route) => route.fulfill({
    status: 503, contentType: 'application/problem+json', body: JSON.stringify({ title: 'Service Unavailable', status: 503, detail: 'the server is busy' }),
  }));
  await atlas.choose('A1');
  await expect(atlas.preview.getByRole('alert')).toContainText('服务器正忙');
  await page.unroute('**/map.svg?**');
  await atlas.preview.getByRole('button', { name: '重试' }).click();
  await atlas.drawn(/^A1/);
});

test('a download can be stopped; one that fails keeps the choices and can be tried again', async ({ page }) => {
  const atlas = new PrintPage(page, 'zh');
  await atlas.open('/?lang=zh');
  await atlas.openDialog();
  let release = (): void => undefined;
  await page.route('**/map.pdf?**', async (route) => {
    await new Promise<void>((resolve) => (release = resolve));
    await route.abort().catch(() => undefined);
  });
  await atlas.downloadButton.click();
  const cancel = atlas.dialog.getByRole('button', { name: '取消下载' });
  await expect(cancel).toBeFocused();
  await cancel.press('Enter');
  await expect(atlas.dialog.getByText('已取消，没有存下文件。')).toBeVisible();
  release();
  await page.unroute('**/map.pdf?**');

  await page.route('**/map.pdf?**', (route) => route.fulfill({
    status: 503, contentType: 'application/problem+json', body: JSON.stringify({ title: 'Service Unavailable', status: 503, detail: 'the server is busy' }),
  }));
  await atlas.downloadButton.click();
  await expect(atlas.dialog.getByRole('alert').filter({ hasText: '服务器正忙' })).toBeVisible();
  await page.unroute('**/map.pdf?**');
  await expect(atlas.dialog.getByRole('radio', { name: 'A3' })).toBeChecked();
  expect((await atlas.download()).bytes.subarray(0, 4).toString()).toBe('%PDF');
});

test('by keyboard alone, in the dark look', async ({ page }) => {
  const atlas = new PrintPage(page, 'en');
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await atlas.open('/?lang=en');
  await page.keyboard.press('o');
  await atlas.drawn(/^A3/);
  await tabTo(page, 'A3');
  await page.keyboard.press('ArrowRight');
  await atlas.drawn(/^A2/);
  await tabTo(page, 'PDF');
  await tabTo(page, 'Enlarge');
  await tabTo(page, 'Download');
  expect(await atlas.violations()).toEqual([]);
  const coming = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await coming).suggestedFilename()).toMatch(/^Plan Atlas-A2-1to\d+\.pdf$/);
  await expect(atlas.downloadButton).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(atlas.dialog).toHaveCount(0);
  await atlas.expectQuiet();
});

/** Goes on with Tab until something that is called so has the focus; the dialog keeps it within. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const label = await page.evaluate(() => {
      const at = document.activeElement;
      if (!document.querySelector('dialog[open]')?.contains(at) && at !== document.body) throw new Error('the focus has left the dialog');
      return (at?.closest('label') ?? at)?.textContent ?? '';
    });
    if (label.trim().startsWith(name)) return;
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

for (const [width, height] of [[1024, 768], [1366, 768], [1920, 1080]] as const) {
  for (const lang of ['zh', 'en'] as const) {
    test(`nothing is cut off at ${width} × ${height} (${lang})`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      const atlas = new PrintPage(page, lang);
      await atlas.open(`/?lang=${lang}`);
      await atlas.openDialog();
      await atlas.choose(atlas.words.county);
      await atlas.choose('PNG');
      await atlas.drawn(/^A3/);
      const wide = await atlas.dialog.evaluate((dialog) => [dialog, ...dialog.querySelectorAll('*')]
        .filter((one) => !one.matches('.visually-hidden, svg *, img, option') && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0).map((one) => `${one.tagName} ${one.textContent}`));
      expect(wide).toEqual([]);
      const box = await atlas.picture.boundingBox();
      await expect(atlas.downloadButton).toBeInViewport();
      await expect(atlas.picture).toBeInViewport({ ratio: 0.99 });
      expect(box?.height).toBeGreaterThan(300);
    });
  }
}

test.describe('on a touch screen', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 600, height: 960 } });

  for (const lang of ['zh', 'en'] as const) {
    test(`everything can be hit and nothing is wrong (${lang})`, async ({ page }) => {
      const atlas = new PrintPage(page, lang);
      await atlas.open(`/?lang=${lang}`);
      await atlas.openDialog();
      for (const control of await atlas.dialog.locator('button, select, input[type="text"], label:not(.picture-row), .segments span').all()) {
        const box = await control.boundingBox();
        if (box) expect(box.height, (await control.textContent()) ?? '').toBeGreaterThanOrEqual(43.5);
      }
      expect(await page.evaluate(() => document.querySelector('dialog')?.scrollWidth === document.querySelector('dialog')?.clientWidth)).toBe(true);
      expect(await atlas.violations()).toEqual([]);
    });
  }
});
