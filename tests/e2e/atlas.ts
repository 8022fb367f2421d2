/**
 * The atlas as a person uses it: what they see and do, by role and name.
 *
 * Specs say what should happen; only this file knows how the page is built.
 */
import AxeBuilder from '@axe-core/playwright';
import { type Locator, type Page, expect } from '@playwright/test';

export type Lang = 'zh' | 'en';

const WORDS = {
  zh: { map: '规划地图', details: '详情', search: '搜索地点、项目、指标', places: '布局定位' },
  en: { map: 'Planning map', details: 'Details', search: 'Search', places: 'Roles' },
} as const;

export class AtlasPage {
  readonly errors: string[] = [];
  readonly foreignRequests: string[] = [];

  constructor(
    readonly page: Page,
    private lang: Lang = 'zh',
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (/^https?:$/.test(protocol) && hostname !== '127.0.0.1') this.foreignRequests.push(request.url());
    });
  }

  async open(address = '/?lang=zh'): Promise<void> {
    this.lang = address.includes('lang=en') ? 'en' : 'zh';
    await this.page.goto(address);
    await this.settled();
  }

  /** Waits until the map has drawn everything it was asked for. */
  async settled(): Promise<void> {
    await this.page.locator('[data-map-state="idle"]').waitFor({ timeout: 60_000 });
  }

  get map(): Locator {
    return this.page.getByRole('region', { name: WORDS[this.lang].map });
  }

  get details(): Locator {
    return this.page.getByRole('complementary', { name: WORDS[this.lang].details });
  }

  /** Types into the search box and takes the first answer with this name, by keyboard. */
  async find(words: string, name: RegExp): Promise<void> {
    const box = this.page.getByRole('combobox');
    await box.fill(words);
    const wanted = this.page.getByRole('option', { name }).first();
    await expect(wanted).toBeVisible();
    for (let i = 0; i < 20; i++) {
      if ((await wanted.getAttribute('aria-selected')) === 'true') break;
      await box.press('ArrowDown');
    }
    await box.press('Enter');
  }

  async expectPanel(title: string): Promise<void> {
    await expect(this.details.getByRole('heading', { level: 2, name: title })).toBeVisible();
  }

  /** Clicks the map at a position in degrees, wherever that is on the screen at the moment. */
  async clickMap(lon: number, lat: number): Promise<void> {
    await this.map.click({ position: await this.spot(lon, lat) });
  }

  /** Where a position in degrees is on the map at the moment, in pixels. */
  async spot(lon: number, lat: number): Promise<{ x: number; y: number }> {
    const view = /[?&]at=([\d.,-]+)/.exec(decodeURIComponent(this.page.url()))?.[1]?.split(',').map(Number);
    if (!view) throw new Error('the address does not say where the map is');
    const [centreLat, centreLon, zoom] = view as [number, number, number];
    const box = await this.map.boundingBox();
    if (!box) throw new Error('the map is not on the screen');
    const world = 512 * 2 ** zoom;
    const x = (degrees: number) => (degrees / 360 + 0.5) * world;
    const y = (degrees: number) => {
      const sine = Math.sin((degrees * Math.PI) / 180);
      return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world;
    };
    return { x: box.width / 2 + x(lon) - x(centreLon), y: box.height / 2 + y(lat) - y(centreLat) };
  }

  /** axe's findings as short sentences; empty when there is nothing to mend. */
  async violations(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page }).analyze();
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
  }

  async expectQuiet(): Promise<void> {
    expect(this.errors, 'the console stays quiet').toEqual([]);
    expect(this.foreignRequests, 'nothing is asked of another host').toEqual([]);
  }
}
