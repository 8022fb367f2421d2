/** Signing in, what only the staff sees, and links that open part of it to others until a day. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { AtlasPage, type Lang } from './atlas.js';
import { ChangingAtlas } from './changing.js';

const WORDS = {
  zh: {
    settings: '设置与帮助', signIn: '登录…', dialog: '登录', token: '登录凭证', enter: '登录', wrong: '这不是登录凭证，请完整地复制一遍。', mark: '内部', signedIn: '已登录：测试', signOut: '退出登录',
    shareMenu: /^分享链接/, share: '分享链接', none: '清空', townships: '乡镇街道', herbs: '中药材乡镇', tick: '勾选“中药材乡镇”', outside: '“堰坪镇”不在勾选的任何图层里', days: '7 天', make: '生成链接',
    made: '链接已生成', link: '链接', copy: '复制链接', copied: '已复制', qr: '链接的二维码，用手机扫描打开', place: '堰坪镇', banner: '分享链接', until: /有效至 \d+年\d+月\d+日/, changed: '数据此后有更新', leave: '退出分享',
    hidden: '图层“reserve”不对这一身份开放', untick: '去掉“reserve”', all: '全部', tour: '讲解', missing: /还用到 \d+ 个没有勾选的图层/, them: '一并勾选', end: '结束讲解',
  },
  en: {
    settings: 'Settings and help', signIn: 'Sign in…', dialog: 'Sign in', token: 'Pass', enter: 'Sign in', wrong: 'This is no pass; copy it whole.', mark: 'Internal', signedIn: 'Signed in: 测试', signOut: 'Sign out',
    shareMenu: /^Share link/, share: 'Share link', none: 'None', townships: 'Townships and subdistricts', herbs: 'Herb townships', tick: 'Tick Herb townships', outside: 'Yanping Town is in none of the ticked layers', days: '7 days', make: 'Make the link',
    made: 'The link is ready', link: 'Link', copy: 'Copy the link', copied: 'Copied', qr: 'QR code of the link, to be opened with a phone', place: 'Yanping Town', banner: 'Share link', until: /valid until \d+ \w+ \d+/, changed: 'the data has been updated since', leave: 'Leave',
    hidden: 'The layer reserve is not open to this audience', untick: 'Untick reserve', all: 'All', tour: 'Tour', missing: /also uses \d+ layers that are not ticked/, them: 'Tick them too', end: 'End the tour',
  },
} as const;

const RESERVE = JSON.stringify({
  type: 'FeatureCollection', features: [{ type: 'Feature', id: 'plot', properties: { name: '预留地块' }, geometry: { type: 'Point', coordinates: [108.9, 31.02] } }],
});

let data: ChangingAtlas;
let keys: string;
let pass: string;
test.beforeEach(async () => {
  keys = mkdtempSync(join(tmpdir(), 'plan-atlas-keys-'));
  const manifest = `${readFileSync('../../geodata/atlas.toml', 'utf8')}\n[audiences.internal]\nlayers = ["reserve"]\n`;
  pass = execFileSync('../../target/debug/plan-atlas', ['token', '--for', '测试', '--keys', keys], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  data = await ChangingAtlas.start({ 'atlas.toml': manifest, 'reserve.geojson': RESERVE }, ['--keys', keys]);
});
test.afterEach(() => {
  data.stop();
  rmSync(keys, { recursive: true, force: true });
});

/** A request of whoever looks at the page, with what they were given. */
const layersOf = async (page: Page): Promise<string[]> => {
  const { layers } = (await (await page.request.get(`${data.address}/api/atlas`)).json()) as { layers: { id: string }[] };
  return layers.map(({ id }) => id);
};

const signInByRequest = async (page: Page): Promise<void> => {
  expect((await page.request.post(`${data.address}/api/session`, { data: { token: pass } })).ok()).toBe(true);
};

/** Somebody else, on another machine. */
async function elsewhere(browser: Browser, lang: Lang): Promise<AtlasPage> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce', locale: 'zh-CN' });
  return new AtlasPage(await context.newPage(), lang);
}

const shareOf = async (page: Page, wish: object): Promise<string> => {
  const answer = await page.request.post(`${data.address}/api/shares`, { data: { layers: ['townships', 'herbs'], language: 'zh', audience: 'public', days: 7, ...wish } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { link: string }).link;
};

for (const lang of ['zh', 'en'] as const) {
  const words = WORDS[lang];
  const other = lang === 'zh' ? 'en' : 'zh';

  test(`the staff signs in, sees what is internal, and signs out (${lang})`, async ({ page }) => {
    const atlas = new AtlasPage(page, lang);
    await atlas.open(`${data.address}/?lang=${lang}&place=500235143`);
    await expect(page.getByRole('button', { name: words.mark, exact: true })).toHaveCount(0);
    expect(await layersOf(page)).not.toContain('reserve');

    await page.getByRole('button', { name: words.settings }).click();
    await page.getByRole('button', { name: words.signIn }).click();
    const dialog = page.getByRole('dialog', { name: words.dialog, exact: true });
    const field = dialog.getByLabel(words.token, { exact: true });
    await expect(field).toBeFocused();
    await expect(field).toHaveAttribute('type', 'password');
    await field.fill(pass.slice(0, 30));
    await field.press('Enter');
    await expect(dialog.getByRole('alert')).toHaveText(words.wrong);
    expect(await atlas.violations()).toEqual([]);
    // As it comes out of a mail: with blanks around it.
    await field.fill(`  ${pass} `);
    await dialog.getByRole('button', { name: words.enter, exact: true }).click();
    const mark = page.getByRole('button', { name: words.mark, exact: true });
    await expect(mark).toBeVisible();
    await atlas.settled();
    await atlas.expectPanel(words.place);
    await expect(page.getByRole('checkbox', { name: /reserve/ }).first()).toBeVisible();

    await mark.click();
    await expect(page.getByRole('dialog', { name: words.dialog, exact: true }).getByText('测试')).toBeVisible();
    expect(await atlas.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: words.settings }).click();
    await page.getByRole('button', { name: words.signedIn }).click();
    await page.getByRole('button', { name: words.signOut }).click();
    await expect(mark).toHaveCount(0);
    await atlas.settled();
    await expect(page.getByRole('checkbox', { name: /reserve/ })).toHaveCount(0);
    expect(await layersOf(page)).not.toContain('reserve');
    expect(atlas.foreignRequests).toEqual([]);
  });

  test(`two layers are shared for a week; whoever opens the link sees those alone, until they leave (${lang})`, async ({ page, browser }, info) => {
    test.slow();
    await signInByRequest(page);
    const staff = new AtlasPage(page, lang);
    await staff.open(`${data.address}/?lang=${lang}&at=31.02,108.9,9.6&layers=townships,herbs~60,reserve&place=500235143`);
    await staff.expectPanel(words.place);
    await page.keyboard.press('k');
    const dialog = page.getByRole('dialog', { name: words.share, exact: true });
    await expect(dialog.getByRole('checkbox', { name: words.herbs, exact: true })).toBeChecked();

    // What the audience may not see is said, and mended in place.
    await dialog.getByRole('button', { name: words.make }).click();
    await expect(dialog.getByRole('alert').filter({ hasText: words.hidden })).toBeVisible();
    await dialog.getByRole('button', { name: words.untick }).click();

    // A place that would not be there is noticed before the server is asked.
    await dialog.getByRole('button', { name: words.none, exact: true }).click();
    await expect(dialog.getByRole('alert').filter({ hasText: words.outside })).toBeVisible();
    await expect(dialog.getByRole('button', { name: words.make })).toHaveAttribute('aria-disabled', 'true');
    await dialog.getByRole('button', { name: words.tick }).click();
    await dialog.getByRole('checkbox', { name: words.townships, exact: true }).check();

    // The link is in the other language than the page, so that it cannot be right by chance.
    await dialog.getByRole('radio', { name: other === 'zh' ? '中文' : 'English' }).check();
    await dialog.getByRole('radio', { name: words.days, exact: true }).check();
    await dialog.getByRole('button', { name: words.make }).click();
    await expect(dialog.getByRole('heading', { name: words.made })).toBeVisible();
    await expect(dialog.getByRole('img', { name: words.qr })).toBeVisible();
    const link = await dialog.getByRole('textbox', { name: words.link, exact: true }).inputValue();
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?share=share\./);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await dialog.getByRole('button', { name: words.copy }).click();
    await expect(dialog.getByRole('status').filter({ hasText: words.copied })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
    expect(await staff.violations()).toEqual([]);
    await page.screenshot({ path: info.outputPath(`share-${lang}.png`) });

    const guest = await elsewhere(browser, other);
    const said = WORDS[other];
    await guest.page.goto(link);
    await guest.settled();
    await guest.expectPanel(said.place);
    const address = new URL(guest.page.url()).searchParams;
    expect(Object.fromEntries(address)).toMatchObject({ lang: other, layers: 'townships,herbs~60', place: '500235143' });
    expect(guest.page.url()).not.toContain('share');
    // The map is another size beside a banner, so that the middle moves a little.
    expect(address.get('at')?.split(',')[2]).toBe('9.6');
    const banner = guest.page.getByRole('complementary', { name: said.banner });
    await expect(banner).toContainText(said.until);
    await expect(banner).not.toContainText(said.changed);
    expect((await layersOf(guest.page)).sort()).toEqual(['herbs', 'townships']);
    expect(await guest.violations()).toEqual([]);
    await guest.page.screenshot({ path: info.outputPath(`opened-${other}.png`) });

    // Reloading keeps the share open, and everything where it was.
    await guest.details.getByRole('button', { name: /^(关闭|Close)$/ }).click();
    await guest.page.reload();
    await guest.settled();
    await expect(banner).toBeVisible();
    await expect(guest.details).toHaveCount(0);

    await banner.getByRole('button', { name: said.leave }).click();
    await expect(banner).toHaveCount(0);
    await guest.settled();
    expect(await layersOf(guest.page)).toContain('rivers');
    expect(await layersOf(guest.page)).not.toContain('reserve');
    await guest.expectQuiet();
    await guest.page.context().close();
  });

  test(`a tour that is shared begins at its beginning (${lang})`, async ({ page, browser }) => {
    await signInByRequest(page);
    const staff = new AtlasPage(page, lang);
    await staff.open(`${data.address}/?lang=${lang}&layers=townships`);
    await page.getByRole('button', { name: words.settings }).click();
    await page.getByRole('button', { name: words.shareMenu }).click();
    const dialog = page.getByRole('dialog', { name: words.share, exact: true });
    await dialog.getByRole('combobox', { name: words.tour }).selectOption('yunyang');
    await expect(dialog.getByText(words.missing)).toBeVisible();
    await dialog.getByRole('button', { name: words.them }).click();
    await expect(dialog.getByText(words.missing)).toHaveCount(0);
    await dialog.getByRole('button', { name: words.make }).click();
    const link = await dialog.getByRole('textbox', { name: words.link, exact: true }).inputValue();

    const guest = await elsewhere(browser, lang);
    await guest.page.goto(link);
    await guest.settled();
    await expect(guest.page).toHaveURL(/tour=yunyang&stop=1$/);
    await expect(guest.page.getByRole('complementary', { name: words.banner })).toHaveCount(0);
    await guest.page.getByRole('button', { name: words.end }).first().click();
    await expect(guest.page.getByRole('complementary', { name: words.banner })).toBeVisible();
    await guest.expectQuiet();
    await guest.page.context().close();
  });
}

test('a link says when the data has changed since', async ({ page, browser }) => {
  await signInByRequest(page);
  const link = await shareOf(page, {});
  const before = await layersOf(page);
  expect(before).toContain('reserve');
  data.edit('yunyang/places/townships.geojson', '"双江街道","name_en":"Shuangjiang Subdistrict"', '"双江新街道","name_en":"Newriver Subdistrict"');
  await expect(async () => {
    const { name } = ((await (await page.request.get(`${data.address}/api/places/500235001`)).json()) as { place: { name: string } }).place;
    expect(name).toBe('双江新街道');
  }).toPass({ timeout: 60_000 });
  const guest = await elsewhere(browser, 'zh');
  await guest.page.goto(link);
  await expect(guest.page.getByRole('complementary', { name: WORDS.zh.banner })).toContainText(WORDS.zh.changed);
  await guest.page.context().close();
});

test('a link that was altered says so in both languages, and leads to the public atlas', async ({ page, browser }, info) => {
  await signInByRequest(page);
  const link = await shareOf(page, {});
  const guest = await elsewhere(browser, 'zh');
  // The last character carries padding bits only; one before it is read.
  const altered = `${link.slice(0, -8)}${link.at(-8) === 'A' ? 'B' : 'A'}${link.slice(-7)}`;
  await guest.page.goto(altered);
  await expect(guest.page.getByRole('heading', { name: '打不开这份分享' })).toBeVisible();
  await expect(guest.page.getByRole('heading', { name: 'This share cannot be opened' })).toBeVisible();
  await expect(guest.page.getByText('被改动过')).toBeVisible();
  expect(await guest.violations()).toEqual([]);
  await guest.page.screenshot({ path: info.outputPath('refused.png') });
  await guest.page.getByRole('button', { name: /以公众身份打开图册.*Open the public atlas/ }).click();
  await guest.settled();
  expect(guest.page.url()).not.toContain('share=');
  await guest.page.context().close();
});

test('a cookie that is refused says when it ended; nothing else is asked until it is gone', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await page.route('**/api/session', async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    await route.fulfill({ json: { audience: 'public', holder: null, until: null, share: null, changed: false, has_key: true, refused: 'this pass or share link ended at 2026-11-20T12:00:00Z; ask for a new one' } });
  });
  await page.goto(`${data.address}/?lang=zh`);
  await expect(page.getByText('2026年11月20日')).toBeVisible();
  await expect(page.getByText('20 November 2026')).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.reload();
  await expect(page.getByText('20 November 2026')).toBeVisible();
  expect(await atlas.violations()).toEqual([]);
  await page.unroute('**/api/session');
  await page.getByRole('button', { name: /以公众身份打开图册/ }).click();
  await atlas.settled();
});

for (const [lang, said] of [['zh', '分享链接由内部人员生成'], ['en', 'The staff make share links']] as const) {
  test(`whoever is not of the staff is asked to sign in before making a link (${lang})`, async ({ page }) => {
    const atlas = new AtlasPage(page, lang);
    await atlas.open(`${data.address}/?lang=${lang}`);
    await page.keyboard.press('k');
    const dialog = page.getByRole('dialog', { name: WORDS[lang].share, exact: true });
    await expect(dialog).toContainText(said);
    expect(await atlas.violations()).toEqual([]);
    await dialog.getByRole('button', { name: WORDS[lang].signIn }).click();
    await expect(page.getByRole('dialog', { name: WORDS[lang].dialog })).toBeVisible();
  });
}

test('where there is no key the dialog says what it takes, and nobody is asked to sign in', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await page.route('**/api/session', (route) => route.fulfill({ json: { audience: 'public', holder: null, until: null, share: null, changed: false, has_key: false, refused: null } }));
  await atlas.open(`${data.address}/?lang=zh`);
  await page.getByRole('button', { name: WORDS.zh.settings }).click();
  await expect(page.getByRole('button', { name: WORDS.zh.signIn })).toHaveCount(0);
  await page.getByRole('button', { name: WORDS.zh.shareMenu }).click();
  await expect(page.getByRole('dialog', { name: WORDS.zh.share })).toContainText('plan-atlas serve --keys');
  expect(await atlas.violations()).toEqual([]);
  await atlas.expectQuiet();
});

for (const [width, height] of [[1024, 768], [1366, 768], [1920, 1080]] as const) {
  for (const lang of ['zh', 'en'] as const) {
    test(`nothing of the dialog is cut off at ${width} × ${height}, in the dark look (${lang})`, async ({ page }, info) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await signInByRequest(page);
      const words = WORDS[lang];
      const atlas = new AtlasPage(page, lang);
      await atlas.open(`${data.address}/?lang=${lang}&place=500235143`);
      await page.keyboard.press('k');
      const dialog = page.getByRole('dialog', { name: words.share, exact: true });
      await dialog.getByRole('checkbox', { name: /reserve/ }).uncheck();
      await dialog.getByRole('button', { name: words.make }).click();
      await expect(dialog.getByRole('img', { name: words.qr })).toBeInViewport({ ratio: 0.99 });
      await expect(dialog.getByRole('button', { name: words.make })).toBeInViewport();
      const wide = await dialog.evaluate((box) => [box, ...box.querySelectorAll('*')]
        .filter((one) => !one.matches('.visually-hidden, svg *, option, input') && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0).map((one) => `${one.tagName} ${one.textContent}`));
      expect(wide).toEqual([]);
      expect(await atlas.violations()).toEqual([]);
      await page.screenshot({ path: info.outputPath(`share-${lang}-${width}.png`) });
    });
  }
}
