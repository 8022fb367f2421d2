import { describe, expect, it } from 'vitest';
import { USUAL_PICTURE } from './picture';
import { pictureName } from './picture-name';
import type { Picture } from './picture-request';

const picture: Picture = { ...USUAL_PICTURE, subject: { kind: 'county', id: '500235' }, layers: ['counties'], title: null, language: 'zh' };

describe('the name of a picture', () => {
  it('says_what_on_which_paper_and_at_which_scale', () => {
    expect(pictureName('云阳县', picture, 100_000, true)).toBe('云阳县-A3-1比100000.pdf');
    expect(pictureName('Yunyang County', { ...picture, language: 'en' }, 100_000, true)).toBe('Yunyang County-A3-1to100000.pdf');
    expect(pictureName('云阳县', picture, null, true)).toBe('云阳县-A3.pdf');
  });

  it('says_how_many_pixels_or_sheets_there_are', () => {
    expect(pictureName('云阳县', { ...picture, size: '1920x1080', file: 'png', dpi: 192 }, 100_000, true)).toBe('云阳县-3840x2160.png');
    expect(pictureName('云阳县', { ...picture, size: '1366x768', file: 'svg' }, null, true)).toBe('云阳县-1366x768.svg');
    const each: Picture = { ...picture, size: 'a4', subject: { kind: 'each', layer: 'townships', first: 'a', sheets: 75 } };
    expect(pictureName('乡镇街道', each, null, true)).toBe('乡镇街道-A4-75张.pdf');
  });

  it('every_system_takes_it', () => {
    expect(pictureName('a/b\\c:*?"<>|d . ', picture, null, true)).toBe('a b c d-A3.pdf');
    expect(pictureName(' .. ', picture, null, true)).toBe('map-A3.pdf');
    expect([...pictureName('云'.repeat(200), picture, null, true)].length).toBeLessThan(80);
  });
});
