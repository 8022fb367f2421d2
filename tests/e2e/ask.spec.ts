/** Questions put to the map, as a planner asks them: drawn, chosen, typed; and the answers are the server's. */
import { inflateSync } from 'node:zlib';
import { expect, test, type Page, type Request } from '@playwright/test';
import { AtlasPage } from './atlas.js';

interface Place {
  id: string;
  name: string;
  name_en: string | null;
  kind: { id: string; zh: string; en: string };
}
interface Within {
  total: number;
  area_m2: number | null;
  places: (Place & { relation: string; distance_m: number })[];
  kinds: { zh: string; en: string; count: number }[];
  projects: { name: string }[];
}

const VIEW = 'at=31.02,108.9,9.6';

class Ask extends AtlasPage {
  get answer() {
    return this.page.getByRole('region', { name: /^(答案|Answer)$/ });
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  async question(name: RegExp): Promise<void> {
    await this.page.getByRole('tab', { name: /^(查询|Ask)$/ }).click();
    await this.button(name).click();
    // The form takes the focus to its heading; whoever types earlier would lose it.
    await expect(this.page.locator(':focus')).toHaveRole('heading');
  }

  /** Clicks through positions in degrees, the last one twice. */
  async draw(tool: string | RegExp, points: readonly (readonly [number, number])[]): Promise<void> {
    await this.button(tool).click();
    await expect(this.page.getByRole('region', { name: /绘图提示|How to draw/ })).toBeVisible();
    await this.penReady();
    for (const [i, [lon, lat]] of points.entries()) {
      const position = await this.spot(lon, lat);
      if (i < points.length - 1) await this.map.click({ position });
      else await this.map.dblclick({ position });
    }
  }

  /** The pointer shows that it draws. */
  async penReady(): Promise<void> {
    await this.map.hover({ position: { x: 700, y: 500 } });
    await expect(async () => {
      await this.map.hover({ position: { x: 700 + Math.random() * 4, y: 500 } });
      expect(await this.map.evaluate((canvas) => getComputedStyle(canvas).cursor)).toBe('crosshair');
    }).toPass({ timeout: 30_000 });
  }

  posted(): Promise<Request> {
    return this.page.waitForRequest((request) => request.url().includes('/api/within') && request.method() === 'POST');
  }
}

async function within(page: Page, geometry: object, distance = 0): Promise<Within> {
  const answer = await page.request.post(`/api/within${distance ? `?distance=${distance}` : ''}`, { data: geometry, headers: { 'content-type': 'application/geo+json' } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as Within;
}

/** Every place of the answer is there to be chosen, in the group of its kind. */
async function expectPlaces(ask: Ask, { total, kinds, places, projects }: Within): Promise<void> {
  await expect(ask.answer.getByRole('status')).toHaveText(`共 ${total} 处`);
  for (const kind of kinds) {
    const group = ask.answer.getByRole('group').filter({ has: ask.page.getByText(kind.zh, { exact: true }) }).last();
    await expect(group).toContainText(`${kind.count}`);
  }
  const towns = ask.answer.getByText('乡镇街道', { exact: true });
  await towns.click();
  for (const town of places.filter(({ kind }) => kind.id === 'township')) {
    await expect(ask.answer.getByRole('button', { name: town.name })).toBeVisible();
  }
  await expect(ask.answer.getByText('项目', { exact: true }).first().locator('..')).toContainText(`${projects.length}`);
}

test('what lies in the area I drew', async ({ page }) => {
  const ask = new Ask(page);
  await ask.open(`/?lang=zh&${VIEW}`);
  await ask.question(/范围内有什么/);
  expect(await ask.violations()).toEqual([]);
  const posted = ask.posted();
  await ask.draw('画多边形', [[108.75, 31.12], [108.98, 31.1], [109.02, 30.92], [108.78, 30.88]]);
  const geometry = (await posted).postDataJSON() as { type: string; coordinates: number[][][] };
  expect(geometry.type).toBe('Polygon');
  expect(geometry.coordinates[0]).toHaveLength(5);
  await expectPlaces(ask, await within(page, geometry));
  await expect(ask.details, 'clicks that draw select nothing').toHaveCount(0);
  expect(await ask.violations()).toEqual([]);

  // A link repeats the question.
  expect(page.url()).toContain('ask=area~polygon~');
  const said = await ask.answer.getByRole('status').textContent();
  await page.reload();
  await expect(ask.answer.getByRole('status')).toHaveText(said ?? '');
  await ask.expectQuiet();
});

test('a circle is asked as a point and a distance, and can be typed', async ({ page }) => {
  const ask = new Ask(page);
  await ask.open(`/?lang=zh&${VIEW}`);
  await ask.question(/范围内有什么/);
  await page.getByText('用坐标输入').click();
  await page.getByLabel('形状').selectOption('圆');
  await page.getByLabel('圆心（经度,纬度）').fill('31.0, 108.9');
  await ask.button('画到图上').click();
  await expect(page.getByRole('alert')).toContainText('经度写在前面');
  await page.getByLabel('圆心（经度,纬度）').fill('108°54′，31°0′');
  await page.getByLabel('半径', { exact: true }).fill('15');
  const posted = ask.posted();
  await ask.button('画到图上').click();
  const request = await posted;
  expect(request.postDataJSON()).toEqual({ type: 'Point', coordinates: [108.9, 31] });
  expect(request.url()).toContain('distance=15000');
  await expectPlaces(ask, await within(page, { type: 'Point', coordinates: [108.9, 31] }, 15_000));
});

test('an outline that crosses itself says what to do', async ({ page }) => {
  const ask = new Ask(page);
  await ask.open(`/?lang=zh&${VIEW}&drawer=ask&ask=area~polygon~108.8,31.1_109,30.9_109,31.1_108.8,30.9`);
  await expect(ask.answer.getByRole('alert')).toContainText('互相交叉');
  expect(await ask.violations()).toEqual([]);
});

test.describe('which herb townships are farther than 15 km from a regional medical centre', () => {
  interface Pairs {
    total: number;
    items: { place: Place; nearest: Place; distance_m: number }[];
  }
  const pairs = async (page: Page): Promise<Pairs> =>
    (await (await page.request.get('/api/pairs?a=herbs&b=medical&b_class=medical-centre&than=farther&distance=15000')).json()) as Pairs;

  test('by one click on the example', async ({ page }) => {
    const ask = new Ask(page);
    await ask.open(`/?lang=zh&${VIEW}`);
    await ask.question(/离某类地点太远/);
    await ask.button(/^离区域医疗卫生中心 15 km 以外的中药材乡镇/).click();
    const { total, items } = await pairs(page);
    await expect(ask.answer.getByRole('status')).toHaveText(`共 ${total} 处`);
    const listed = ask.answer.getByRole('list').filter({ has: ask.button(items[0]?.place.name ?? '') }).getByRole('listitem');
    await expect(listed).toHaveCount(total);
    for (const [i, { place, nearest }] of items.entries()) {
      await expect(listed.nth(i).getByRole('button', { name: place.name, exact: true })).toBeVisible();
      await expect(listed.nth(i)).toContainText(nearest.name);
    }
    await expect(ask.answer.getByText('乡镇的距离从驻地量起。')).toBeVisible();
    await expect(listed.last()).toContainText('临界');
    expect(await ask.violations()).toEqual([]);
    await ask.expectQuiet();
  });

  test('in English, from the lists', async ({ page }) => {
    const ask = new Ask(page, 'en');
    await ask.open(`/?lang=en&${VIEW}`);
    await ask.question(/What is too far from/);
    await page.getByLabel('Which places').selectOption('Herb townships');
    await page.getByLabel('Measured to which').selectOption('Medical institutions');
    await page.getByText(/none ticked means all/).last().click();
    await page.getByRole('checkbox', { name: /Regional medical centre/ }).check();
    await page.getByLabel('Distance', { exact: true }).fill('15');
    await page.getByLabel('Condition').selectOption('farther');
    const { total, items } = await pairs(page);
    await expect(ask.answer.getByRole('status')).toHaveText(`${total} places`);
    for (const { place } of items) await expect(ask.answer.getByRole('button', { name: place.name_en ?? place.name, exact: true })).toBeVisible();
    await expect(page).toHaveURL(/ask=pairs~herbs~medical\.medical-centre~farther~15000/);
    expect(await ask.violations()).toEqual([]);
  });

  test('by keyboard alone', async ({ page }) => {
    const ask = new Ask(page);
    await ask.open(`/?lang=zh&${VIEW}`);
    await page.keyboard.press('a');
    await expect(page.getByRole('tab', { name: '查询' })).toBeFocused();
    await tabTo(page, /离某类地点太远/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: '离某类地点太远或够近的有哪些' })).toBeFocused();
    await tabTo(page, /离区域医疗卫生中心 15 km 以外的中药材乡镇/);
    await page.keyboard.press('Enter');
    const { total, items } = await pairs(page);
    await expect(ask.answer.getByRole('status')).toHaveText(`共 ${total} 处`);
    const first = items[0]?.place.name ?? '';
    await tabTo(page, new RegExp(`^${first}`));
    await page.keyboard.press('Enter');
    await ask.expectPanel(first);
  });
});

async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    if (name.test((await page.evaluate(() => document.activeElement?.textContent)) ?? '')) return;
  }
  throw new Error(`the keyboard does not reach ${String(name)}`);
}

test('what lies along a line that I draw, and along a road', async ({ page }) => {
  const ask = new Ask(page);
  await ask.open(`/?lang=zh&${VIEW}`);
  await ask.question(/沿线走廊/);
  await page.getByLabel('两侧各', { exact: true }).fill('3');
  const posted = ask.posted();
  await ask.draw('画折线', [[108.6, 30.95], [108.85, 31.02], [109.05, 30.85]]);
  const request = await posted;
  const geometry = request.postDataJSON() as { type: string; coordinates: number[][] };
  expect(geometry.type).toBe('LineString');
  expect(geometry.coordinates).toHaveLength(3);
  expect(request.url()).toContain('distance=3000');
  await expectPlaces(ask, await within(page, geometry, 3_000));
  expect(await ask.violations()).toEqual([]);

  await page.getByLabel('沿哪条线').selectOption('G42 沪蓉高速');
  const road = (await (await page.request.get('/api/places/road:g42/within?distance=3000')).json()) as Within;
  await expect(ask.answer.getByRole('heading', { name: 'G42 沪蓉高速两侧各 3 km 内有什么' })).toBeVisible();
  await expect(ask.answer.getByRole('status')).toHaveText(`共 ${road.total} 处`);
  await ask.expectQuiet();
});

test('what lies around a township found by its initials, from its seat', async ({ page }) => {
  const ask = new Ask(page);
  await ask.open(`/?lang=zh&${VIEW}`);
  await ask.question(/某地周边/);
  await page.getByRole('combobox', { name: '地点', exact: true }).fill('yp');
  await page.getByRole('option', { name: /堰坪镇/ }).click();
  await page.getByLabel('距离', { exact: true }).fill('6');
  const { place } = (await (await page.request.get('/api/places/500235143')).json()) as { place: { seat: [number, number] } };
  const expected = await within(page, { type: 'Point', coordinates: place.seat }, 6_000);
  await expect(ask.answer.getByRole('heading', { name: '堰坪镇周边 6 km 内有什么' })).toBeVisible();
  await expect(ask.answer.getByRole('status')).toHaveText(`共 ${expected.total} 处`);
  await expect(ask.answer.getByText('距离从乡镇驻地量起，不是从乡镇边界。')).toBeVisible();
  await expect(page).toHaveURL(/ask=around~500235143~6000/);

  await ask.button(/换一个问题/).click();
  await ask.button(/某乡镇里有什么/).click();
  await page.getByRole('combobox', { name: '乡镇街道', exact: true }).fill('longjiao');
  await page.getByRole('combobox', { name: '乡镇街道', exact: true }).press('Enter');
  await expect(ask.answer.getByRole('heading', { name: '龙角镇里有什么' })).toBeVisible();
  expect(await ask.violations()).toEqual([]);
  await ask.expectQuiet();
});

test('the nearest hospitals from a clicked point, with distance and direction in words', async ({ page }) => {
  const ask = new Ask(page);
  await ask.open(`/?lang=zh&${VIEW}`);
  await ask.question(/最近的是什么/);
  await page.getByLabel('找什么').selectOption('医疗卫生机构');
  await page.getByText('不选即全部').click();
  await page.getByRole('checkbox', { name: /^医院 / }).check();
  await ask.button('在图上点一点').click();
  await ask.penReady();
  const asked = page.waitForRequest((request) => request.url().includes('/api/near?'));
  await ask.clickMap(108.9, 31);
  const url = new URL((await asked).url());
  expect(url.searchParams.get('kinds')).toBe('hospital');
  expect(Number(url.searchParams.get('lon'))).toBeCloseTo(108.9, 2);
  const { items } = (await (await page.request.get(url.pathname + url.search)).json()) as { items: (Place & { distance_m: number })[] };
  const first = ask.answer.getByRole('listitem').filter({ has: ask.button(items[0]?.name ?? '') });
  await expect(first).toContainText(`约 ${Math.round((items[0]?.distance_m ?? 0) / 1000)} km`);
  await expect(first).toContainText(/(北|东北|东|东南|南|西南|西|西北) \d+°/);
  expect(await ask.violations()).toEqual([]);
});

test('a known distance is measured in every unit', async ({ page }) => {
  const ask = new Ask(page);
  await ask.open(`/?lang=zh&${VIEW}`);
  await ask.question(/量距离与面积/);
  await page.getByText('用坐标输入').click();
  await page.getByLabel(/每行一点/).fill('108,31\n109,31');
  await ask.button('画到图上').click();
  // GeographicLib: 95503.94 m.
  for (const figure of ['95.504', '95,504', '191.01']) await expect(ask.answer.getByText(figure, { exact: true })).toBeVisible();
  expect(await ask.violations()).toEqual([]);
});

test('drawings are moved, undone and redone, and a change of the map leaves them alone', async ({ page }) => {
  const ask = new Ask(page);
  await ask.open(`/?lang=zh&${VIEW}`);
  await ask.question(/量距离与面积/);
  await ask.draw('画折线', [[108.75, 31.1], [108.9, 31.15], [109.05, 31.05]]);
  const drawing = page.getByRole('radio', { name: '问这一个：折线 1' });
  await expect(drawing).toBeChecked();
  const length = (): Promise<string | null> => ask.answer.getByRole('definition').first().textContent();
  const drawn = await length();

  await ask.button('修改折线 1：拖动顶点').click();
  const from = await ask.spot(108.75, 31.1);
  const to = await ask.spot(108.7, 31.2);
  const box = (await ask.map.boundingBox()) ?? { x: 0, y: 0 };
  await expect(async () => {
    await page.mouse.move(box.x + from.x, box.y + from.y);
    await page.mouse.down();
    await page.mouse.move(box.x + (from.x + to.x) / 2, box.y + (from.y + to.y) / 2, { steps: 4 });
    await page.mouse.move(box.x + to.x, box.y + to.y, { steps: 4 });
    await page.mouse.up();
    expect(await length()).not.toBe(drawn);
  }).toPass({ timeout: 30_000 });
  const moved = await length();
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+z');
  await expect.poll(length).toBe(drawn);
  await page.keyboard.press('Control+y');
  await expect.poll(length).toBe(moved);
  await ask.button('撤销').click();
  await ask.button('撤销').click();
  await expect(drawing).toHaveCount(0);
  await ask.button('重做').click();
  await expect(drawing).toBeVisible();
  expect(await length()).toBe(drawn);

  const violet = async (): Promise<boolean> => isViolet(await colourAt(ask, 108.9, 31.15));
  await expect.poll(violet).toBe(true);
  await page.getByRole('tab', { name: '图层' }).click();
  await page.getByRole('checkbox', { name: '中药材乡镇', exact: true }).uncheck();
  await ask.settled();
  await expect.poll(violet).toBe(true);
  await ask.clickMap(108.95, 30.95);
  await expect(ask.details).toBeVisible();
  await ask.settled();
  await expect.poll(violet, 'the drawing outlives hover, selection and layers').toBe(true);

  await page.getByRole('tab', { name: '查询' }).click();
  await ask.button('删除折线 1').click();
  await expect.poll(violet).toBe(false);
  await page.keyboard.press('Control+z');
  await expect.poll(violet).toBe(true);
  await ask.expectQuiet();
});

test('while drawing, a step goes back and Escape puts the tool down', async ({ page }) => {
  const ask = new Ask(page);
  await ask.open(`/?lang=zh&${VIEW}`);
  await ask.question(/范围内有什么/);
  await ask.button('画多边形').click();
  await ask.penReady();
  for (const [lon, lat] of [[108.8, 31.1], [108.95, 31.1], [109, 31.2], [109, 30.95]] as const) await ask.map.click({ position: await ask.spot(lon, lat) });
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await ask.map.click({ position: await ask.spot(109, 30.95) });
  expect(await ask.violations()).toEqual([]);
  const posted = ask.posted();
  await page.keyboard.press('Enter');
  const { coordinates } = (await posted).postDataJSON() as { coordinates: number[][][] };
  expect(coordinates[0]).toHaveLength(4);

  await ask.button('画多边形').click();
  await ask.penReady();
  await ask.map.click({ position: await ask.spot(108.8, 31.1) });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: '绘图提示' })).toHaveCount(0);
  await expect(page.getByRole('radio')).toHaveCount(1);
  await ask.expectQuiet();
});

test('an answer is taken away as CSV and GeoJSON, with where it comes from', async ({ page }) => {
  const ask = new Ask(page);
  await ask.open(`/?lang=zh&${VIEW}&drawer=ask&ask=area~circle~108.9,31~8000`);
  const expected = await within(page, { type: 'Point', coordinates: [108.9, 31] }, 8_000);
  const save = async (name: string): Promise<string> => {
    const [file] = await Promise.all([page.waitForEvent('download'), ask.button(name).click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  };
  const csv = await save('导出 CSV');
  expect(csv.startsWith('\uFEFF类型,名称')).toBe(true);
  for (const { name } of expected.places) expect(csv).toContain(name);
  expect(csv).toContain('半径 8 km 的圆里有什么');
  expect(csv).toMatch(/数据版本,[0-9a-f]{12}/);
  expect(csv).toMatch(/导出日期,\d{4}-\d\d-\d\d/);

  const geojson = JSON.parse(await save('导出 GeoJSON')) as {
    features: { geometry: { type: string }; properties: Record<string, unknown> }[]; origin: Record<string, string>;
  };
  expect(geojson.features).toHaveLength(expected.total + 1);
  expect(geojson.features[0]?.geometry.type).toBe('Polygon');
  expect(geojson.features[1]?.properties['positionNote']).toMatch(/。$/);
  expect(geojson.origin['问题']).toContain('8 km');
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, viewport: { width: 820, height: 1100 } });

  test('a polygon is tapped and finished by a button', async ({ page }) => {
    const ask = new Ask(page);
    await ask.open(`/?lang=zh&${VIEW}`);
    await ask.button('图层').tap();
    await page.getByRole('tab', { name: '查询' }).tap();
    await ask.button(/范围内有什么/).tap();
    await ask.button('画多边形').tap();
    const bar = page.getByRole('region', { name: '绘图提示' });
    await expect(bar).toBeVisible();
    await expect(page.getByRole('tab', { name: '查询' }), 'the drawer makes room').toHaveCount(0);
    await page.waitForTimeout(1_500);
    for (const [lon, lat] of [[108.8, 31.1], [109, 31.1], [108.95, 30.95]] as const) await ask.map.tap({ position: await ask.spot(lon, lat) });
    const posted = ask.posted();
    await bar.getByRole('button', { name: '完成' }).tap();
    const geometry = (await posted).postDataJSON() as { coordinates: number[][][] };
    expect(geometry.coordinates[0]).toHaveLength(4);
    const { total } = await within(page, geometry);
    await expect(ask.answer.getByRole('status')).toHaveText(`共 ${total} 处`);
    expect(await ask.violations()).toEqual([]);
  });
});

/** The colour a person sees at a position: [red, green, blue]. */
async function colourAt(ask: Ask, lon: number, lat: number): Promise<number[]> {
  const box = (await ask.map.boundingBox()) ?? { x: 0, y: 0 };
  const { x, y } = await ask.spot(lon, lat);
  const picture = await ask.page.screenshot({ clip: { x: Math.round(box.x + x) - 4, y: Math.round(box.y + y) - 4, width: 9, height: 9 } });
  return pixels(picture);
}

const isViolet = (rgb: number[]): boolean => {
  for (let i = 0; i + 2 < rgb.length; i += 3) {
    const [red = 0, green = 0, blue = 0] = rgb.slice(i, i + 3);
    if (Math.abs(red - 0x8a) < 30 && Math.abs(green - 0x3f) < 40 && Math.abs(blue - 0xd1) < 30) return true;
  }
  return false;
};

/** Red, green and blue of every pixel of a PNG of eight bits per channel. */
function pixels(png: Buffer): number[] {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const channels = png[25] === 6 ? 4 : 3;
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const rows: number[][] = [];
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)] ?? 0;
    const row: number[] = [];
    for (let x = 0; x < stride; x++) {
      const [left, up, corner] = [row[x - channels] ?? 0, rows[y - 1]?.[x] ?? 0, rows[y - 1]?.[x - channels] ?? 0];
      const guess = left + up - corner;
      const nearest = [left, up, corner].reduce((best, one) => (Math.abs(guess - one) < Math.abs(guess - best) ? one : best), left);
      const predicted = [0, left, up, (left + up) >> 1, nearest][filter] ?? 0;
      row.push(((raw[y * (stride + 1) + 1 + x] ?? 0) + predicted) & 255);
    }
    rows.push(row);
  }
  return rows.flatMap((row) => row.filter((_, i) => channels === 3 || i % 4 !== 3));
}
