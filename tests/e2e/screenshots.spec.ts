/** Pictures of the page to look at. `make screenshots` keeps those that the README shows. */
import { test } from '@playwright/test';
import { AtlasPage } from './atlas.js';

/** Those in the repository; all others are only looked at. */
const README = ['yanping-zh-1366x768', 'yanping-en-1366x768', 'site-zh-1366x768'];

function path(name: string): string {
  const kept = process.env['KEEP_SCREENSHOTS'] && README.includes(name);
  return `${kept ? '../../docs/screenshots' : '../../target/screenshots'}/${name}.png`;
}

const VIEWS = {
  atlas: '',
  yanping: '&place=500235143',
  site: '&drawer=sites&site=yunyang:shuikou-health-park&radius=20',
  medical: '&at=31.0,108.85,9.6&layers=neighbours,townships,counties,rivers,medical,medical-links',
} as const;

for (const lang of ['zh', 'en'] as const) {
  for (const [width, height] of [[1366, 768], [1920, 1080], [1024, 768]] as const) {
    for (const [name, address] of Object.entries(VIEWS)) {
      test(`picture of ${name} at ${width} × ${height} (${lang})`, async ({ page }) => {
        await page.setViewportSize({ width, height });
        const atlas = new AtlasPage(page);
        await atlas.open(`/?lang=${lang}${address}`);
        await page.waitForTimeout(1_000);
        await atlas.settled();
        await page.screenshot({ path: path(`${name}-${lang}-${width}x${height}`) });
        await atlas.expectQuiet();
      });
    }
  }
}
