/** Nothing that axe can find is wrong, in any state a planner passes through, in both languages. */
import { expect, test } from '@playwright/test';
import { AtlasPage } from './atlas.js';

const STATES = [
  ['the map as it opens', ''],
  ['a township', '&place=500235143'],
  ['a place nobody has located', '&place=yunyang:sishibacao-forest-park'],
  ['a county with all its records', '&place=500235'],
  ['a project', '&project=PJ224'],
  ['an indicator', '&target=I28'],
  ['a contradiction', '&discrepancy=IC01'],
  ['an organisation', '&organisation=OG001'],
  ['the table of targets', '&dock=table:targets'],
  ['the table of units, from an old link', '&register=organisations'],
  ['an unknown place', '&place=nowhere'],
] as const;

for (const lang of ['zh', 'en'] as const) {
  for (const [name, address] of STATES) {
    test(`axe finds nothing wrong with ${name} (${lang})`, async ({ page }) => {
      const atlas = new AtlasPage(page);
      await atlas.open(`/?lang=${lang}${address}`);
      if (/dock=table|register=/.test(address)) await expect(page.getByRole('rowheader').first()).toBeVisible();
      else if (address) await expect(atlas.details.getByRole('heading').first()).toBeVisible();
      expect(await atlas.violations()).toEqual([]);
    });
  }
}

for (const size of [
  { width: 1024, height: 768 },
  { width: 600, height: 960 },
]) {
  test(`axe finds nothing wrong on a tablet of ${size.width} × ${size.height}`, async ({ page }) => {
    await page.setViewportSize(size);
    const atlas = new AtlasPage(page);
    await atlas.open('/?lang=zh&place=500235143');
    await atlas.expectPanel('堰坪镇');
    expect(await atlas.violations()).toEqual([]);
  });
}

test('search results are announced and free of violations', async ({ page }) => {
  const atlas = new AtlasPage(page);
  await atlas.open();
  await page.getByRole('combobox').fill('中药材');
  await expect(page.getByRole('option').first()).toBeVisible();
  expect(await atlas.violations()).toEqual([]);
});
