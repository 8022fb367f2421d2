/**
 * A hundred thousand points of one's own on the map: how the page takes them in, and how many frames a
 * second are left while the map is pulled about. The figures are printed, not judged: they say as much of the
 * machine as of the page.
 */
import { writeFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { AtlasPage } from './atlas.js';

// A trace films the page, which costs more frames than the page itself.
test.use({ trace: 'off' });

const POINTS = 100_000;
const SECONDS = 5;

/** Spread over the two counties, thicker around a few spots, the same in every run. */
function points(): Buffer {
  let seed = 20260101;
  const random = (): number => {
    seed = (seed * 1664525 + 1013904223) % 2 ** 32;
    return seed / 2 ** 32;
  };
  const spots = [[108.69, 30.93], [109.46, 31.02], [109.15, 31.05], [108.85, 30.72], [109.6, 30.7]];
  const features = Array.from({ length: POINTS }, (_, i) => {
    const [x = 0, y = 0] = spots[i % spots.length] ?? [];
    const wide = i % 3 === 0;
    const lon = wide ? 108.45 + random() * 1.25 : x + (random() + random() - 1) * 0.12;
    const lat = wide ? 30.5 + random() * 0.9 : y + (random() + random() - 1) * 0.12;
    return `{"type":"Feature","properties":{"名称":"点${i}","类别":"${i % 7}","数值":${i}},"geometry":{"type":"Point","coordinates":[${lon.toFixed(6)},${lat.toFixed(6)}]}}`;
  });
  return Buffer.from(`{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}`);
}

interface Figures {
  fps: number;
  median: number;
  p95: number;
  frames: number;
}

/** Pulls the map around by the mouse and takes the time between the browser's own frames meanwhile. */
async function pan(page: Page, atlas: AtlasPage): Promise<Figures> {
  const box = await atlas.map.boundingBox();
  if (!box) throw new Error('the map is not on the screen');
  const [x, y] = [box.x + box.width * 0.62, box.y + box.height * 0.5];
  await page.evaluate(() => {
    const times: number[] = [];
    const tick = (now: number): void => {
      times.push(now);
      if (Reflect.get(window, 'frameTimes') === times) requestAnimationFrame(tick);
    };
    Reflect.set(window, 'frameTimes', times);
    requestAnimationFrame(tick);
  });
  const end = Date.now() + SECONDS * 1000;
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 0; Date.now() < end; step++) {
    await page.mouse.move(x + Math.sin(step / 14) * 190, y + Math.sin(step / 23) * 130);
    await page.waitForTimeout(12);
  }
  const times = await page.evaluate(() => {
    const taken = Reflect.get(window, 'frameTimes') as number[];
    Reflect.set(window, 'frameTimes', null);
    return taken;
  });
  await page.mouse.up();
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? time)).sort((a, b) => a - b);
  const at = (share: number): number => gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * share))] ?? NaN;
  const whole = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return { fps: ((times.length - 1) / whole) * 1000, median: at(0.5), p95: at(0.95), frames: times.length };
}

const written = ({ fps, median, p95, frames }: Figures): string =>
  `${fps.toFixed(1)} frames/s, median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms (${frames} frames)`;

test('a hundred thousand points dropped in leave the page alive and the map movable', async ({ page }, info) => {
  test.setTimeout(240_000);
  const atlas = new AtlasPage(page);
  await atlas.open('/?lang=zh&drawer=mine');
  const renderer = await page.evaluate(() => {
    const gl = document.createElement('canvas').getContext('webgl2');
    const told = gl?.getExtension('WEBGL_debug_renderer_info');
    return gl && told ? String(gl.getParameter(told.UNMASKED_RENDERER_WEBGL)) : 'no WebGL';
  });
  const bare = await pan(page, atlas);
  await atlas.settled();

  await page.evaluate(() => {
    const tasks: number[] = [];
    Reflect.set(window, 'longTasks', tasks);
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['longtask'] });
  });
  // From the disk: what Playwright hands over itself passes through the page's own thread.
  const file = info.outputPath('十万个点.geojson');
  writeFileSync(file, points());
  const begun = Date.now();
  await page.getByLabel('选择文件…', { exact: true }).first().setInputFiles(file);
  await expect(page.getByRole('checkbox', { name: '显示 十万个点' })).toBeVisible({ timeout: 120_000 });
  const taken = Date.now() - begun;
  await atlas.settled();
  const longest = await page.evaluate(() => Math.max(0, ...(Reflect.get(window, 'longTasks') as number[])));

  const loaded = await pan(page, atlas);
  await atlas.settled();
  for (let i = 0; i < 3; i++) await page.getByRole('button', { name: '放大', exact: true }).click();
  await page.waitForTimeout(1500);
  await atlas.settled();
  const nearer = await pan(page, atlas);
  console.log([
    '', `${POINTS.toLocaleString('en')} points · ${renderer}`,
    `  read, checked and drawn in ${(taken / 1000).toFixed(1)} s; longest task on the page's own thread ${longest.toFixed(0)} ms`,
    `  panning the atlas alone:      ${written(bare)}`, `  panning with the points:      ${written(loaded)}`, `  and three zooms nearer:       ${written(nearer)}`, '',
  ].join('\n'));
  await atlas.expectQuiet();
});
