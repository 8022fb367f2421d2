/** Bringing one's own layers: each format, what is asked, what is refused, and one's own area put to the plans. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { AtlasPage } from './atlas.js';

const FOLDER = fileURLToPath(new URL('../fixtures/own/', import.meta.url));
const file = (name: string): string => `${FOLDER}${name}`;
const drawer = (page: Page): Locator => page.getByRole('tabpanel', { name: '导入' });

async function openDrawer(page: Page, address = '/?lang=zh&drawer=mine'): Promise<AtlasPage> {
  const atlas = new AtlasPage(page);
  await atlas.open(address);
  return atlas;
}

const choose = (page: Page, ...files: (string | { name: string; mimeType: string; buffer: Buffer })[]): Promise<void> =>
  page.getByLabel('选择文件…', { exact: true }).first().setInputFiles(files as string[]);

const shown = (page: Page, name: string): Locator => page.getByRole('checkbox', { name: `显示 ${name}`, exact: true });

for (const [format, name, layer] of [
  ['GeoJSON', 'sites.geojson', 'sites'],
  ['GeoJSON, one feature per line', 'sites.geojsonl', 'sites'],
  ['KML', 'places.kml', 'places'],
  ['a zipped Shapefile in GBK and Gauss–Krüger', 'areas-gbk-4545.zip', 'areas'],
] as const) {
  test(`${format} is drawn without a question`, async ({ page }) => {
    const atlas = await openDrawer(page);
    await choose(page, file(name));
    await expect(shown(page, layer)).toBeChecked();
    await atlas.settled();
    await atlas.expectQuiet();
  });
}

test('several layers in one zip, and every feature table of a GeoPackage, are layers of their own', async ({ page }) => {
  await openDrawer(page);
  await choose(page, file('two-utf8-nocpg.zip'));
  await expect(shown(page, '地块')).toBeVisible();
  await expect(shown(page, '点位')).toBeVisible();
  await choose(page, file('mixed.gpkg'));
  await expect(shown(page, '步道')).toBeVisible();
  await expect(shown(page, '地块 (2)')).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: '北京54' })).toContainText('旧点位');
});

test('files dropped on the page say so while they hang over it, and are taken in', async ({ page }) => {
  await openDrawer(page, '/?lang=zh');
  const carried = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], '踏勘点.geojson', { type: 'application/geo+json' }));
    return data;
  }, readFileSync(file('sites.geojson'), 'utf8'));
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: carried });
  await expect(page.getByText('松开即导入')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: carried });
  await expect(page.getByText('松开即导入')).toBeHidden();
  await expect(shown(page, '踏勘点')).toBeChecked();
});

test('without a .prj the reference is asked for, and each choice says where the layer would lie', async ({ page }) => {
  const atlas = await openDrawer(page);
  await choose(page, file('areas-noprj.zip'));
  const form = page.getByRole('form', { name: /请确认/ });
  await expect(form).toContainText('没有 .prj 文件');
  await expect(form.getByRole('radio', { name: /中央经线 108°.*落在云阳县/ })).not.toBeChecked();
  await expect(form.getByRole('radio', { name: /中央经线 114°.*坐标系可能不对/ })).toBeVisible();
  await expect(form.getByRole('button', { name: '导入', exact: true })).toBeDisabled();
  expect(await atlas.violations()).toEqual([]);
  await form.getByRole('radio', { name: /中央经线 108°/ }).check();
  await form.getByRole('button', { name: '导入', exact: true }).click();
  await expect(shown(page, 'areas')).toBeChecked();
});

test('a survey table in GBK shows its columns to be confirmed, and giving up changes nothing', async ({ page }) => {
  await openDrawer(page);
  await choose(page, file('survey-gbk.csv'));
  const form = page.getByRole('form', { name: /请确认/ });
  await expect(form.getByRole('combobox', { name: /编码/ })).toHaveValue('gb18030');
  await expect(form.getByRole('combobox', { name: /东坐标/ })).toContainText('Y');
  await expect(form.getByRole('radio', { name: /带号 36/ })).toBeVisible();
  await form.getByRole('button', { name: '取消', exact: true }).click();
  await expect(drawer(page).getByText('还没有自己的图层。')).toBeVisible();
});

test('an EPSG code can be given, and Beijing 1954 is refused with its reason', async ({ page }) => {
  await openDrawer(page);
  await choose(page, file('areas-noprj.zip'));
  const form = page.getByRole('form', { name: /请确认/ });
  await form.getByText('其他：EPSG 代码').click();
  await form.getByRole('textbox', { name: 'EPSG 代码' }).fill('2437');
  await form.getByRole('button', { name: '试一试' }).click();
  await expect(form.getByRole('alert')).toContainText('北京54');
  await form.getByRole('textbox', { name: 'EPSG 代码' }).fill('4545');
  await form.getByRole('button', { name: '试一试' }).click();
  await expect(form.getByRole('radio', { name: /中央经线 108°/ })).toBeChecked();
});

test('a table of townships stands on their seats, and what matches none is reported', async ({ page }) => {
  const atlas = await openDrawer(page);
  await choose(page, file('townships.csv'));
  const form = page.getByRole('form', { name: /请确认/ });
  await expect(form.getByRole('combobox', { name: '位置在哪几列' })).toHaveValue('township');
  await form.getByRole('button', { name: '导入', exact: true }).click();
  await expect(shown(page, 'townships')).toBeVisible();
  await page.getByRole('button', { name: 'townships：操作与检查结果' }).click();
  await page.getByRole('button', { name: '检查报告' }).click();
  const report = page.getByRole('dialog', { name: '检查报告：townships' });
  await expect(report).toContainText('不存在镇');
  await expect(report).toContainText('不止一个乡镇叫这个名字');
  expect(await atlas.violations()).toEqual([]);
});

test('formulas of a workbook are taken as last saved, and said', async ({ page }) => {
  await openDrawer(page);
  await choose(page, file('formulas.xlsx'));
  const form = page.getByRole('form', { name: /请确认/ });
  await expect(form).toContainText('有 2 个公式，取的是上次保存时的结果');
  await form.getByRole('radio', { name: /CGCS2000 \/ WGS84/ }).check();
  await form.getByRole('button', { name: '导入', exact: true }).click();
  await expect(shown(page, 'formulas')).toBeVisible();
});

test('without a .dbf it is said before anything is drawn', async ({ page }) => {
  await openDrawer(page);
  await choose(page, file('areas-nodbf.zip'));
  const form = page.getByRole('form', { name: /请确认/ });
  await expect(form).toContainText('缺 .dbf');
  await expect(shown(page, 'areas')).toBeHidden();
  await form.getByRole('button', { name: '导入', exact: true }).click();
  await expect(shown(page, 'areas')).toBeVisible();
});

const lie = (name: string, content: Buffer): { name: string; mimeType: string; buffer: Buffer } => ({ name, mimeType: 'application/octet-stream', buffer: content });

test('files that lie are told for what they are, and change nothing', async ({ page }) => {
  const atlas = await openDrawer(page);
  for (const [given, message] of [
    [file('pretends.geojson'), '这是PDF 文件，不是 .geojson'],
    [file('entity.kml'), '出于安全没有解析'],
    [file('areas-xian80.zip'), '坐标系是西安80'],
    [lie('空格.geojson', Buffer.alloc(20_000_000, ' ')), '文件里只有空格'],
    [lie('半截.geojson', Buffer.from('{"type":"FeatureCollection","features":[{')), 'JSON 不完整或有语法错误'],
    [lie('旧表.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0])), '另存为 .xlsx 或 .csv'],
  ] as const) {
    await choose(page, given);
    await expect(page.getByRole('alert').filter({ hasText: message })).toBeVisible();
    await expect(drawer(page).getByText('还没有自己的图层。')).toBeVisible();
    await page.getByRole('button', { name: '知道了' }).click();
  }
  await atlas.expectQuiet();
});

test('a gigabyte of spaces is not even read', async ({ page }) => {
  await openDrawer(page);
  const carried = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    const block = new Blob([' '.repeat(1_000_000)]);
    data.items.add(new File(Array.from({ length: 1000 }, () => block), '空格.geojson'));
    return data;
  });
  await page.dispatchEvent('body', 'drop', { dataTransfer: carried });
  await expect(page.getByRole('alert').filter({ hasText: '没有读取' })).toContainText('1.0 GB');
});

test('one’s own area is asked what the plans have in it, and nothing is sent before', async ({ page }) => {
  const atlas = await openDrawer(page, '/?lang=zh&drawer=mine&at=31.05,109.15,10.5');
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  await choose(page, file('areas.geojson'));
  await expect(shown(page, 'areas')).toBeVisible();
  await atlas.settled();
  await atlas.clickMap(109.12, 31.02);
  const card = page.getByRole('region', { name: '要素', exact: true });
  await expect(card.getByRole('heading', { name: '天麻示范片' })).toBeVisible();
  await expect(card).toContainText('km²');
  expect(sent).toEqual([]);
  await card.getByRole('button', { name: '查询此处的规划内容' }).click();
  await expect(card.getByRole('button', { name: /堰坪镇/ }).first()).toBeVisible();
  expect(sent).toHaveLength(1);
  expect(await atlas.violations()).toEqual([]);
});

test('a layer is kept through the languages, and read in a table and a report', async ({ page }) => {
  const atlas = await openDrawer(page);
  await choose(page, file('broken.geojson'));
  await expect(page.getByText('5 个未绘出')).toBeVisible();
  await page.getByRole('button', { name: 'EN', exact: true }).click();
  await expect(page.getByText('5 left out')).toBeVisible();
  await page.getByRole('button', { name: 'broken: actions and findings' }).click();
  expect(await atlas.violations()).toEqual([]);
  await page.getByRole('button', { name: 'Report', exact: true }).click();
  const report = page.getByRole('dialog', { name: 'Report: broken' });
  await expect(report.getByRole('row')).toHaveCount(11);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Attributes' }).click();
  await page.getByRole('button', { name: 'Show feature 3 on the map' }).click();
  const card = page.getByRole('region', { name: 'Feature', exact: true });
  await expect(card.getByRole('heading', { name: '自相交' })).toBeFocused();
  await expect(card).toContainText('Its edges cross');
  await expect(card.getByRole('button', { name: 'Ask what the plans have here' })).toBeHidden();
});
