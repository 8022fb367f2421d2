import { describe, expect, it } from 'vitest';
import { decodePicture, settled, unusual, USUAL_PICTURE } from './picture';
import { lies, pixelsOf } from './picture-size';
import { readSheet, writeScale } from './picture-sheet';

const all = { place: true, each: true };

describe('choices of a picture', () => {
  it('what_is_kept_is_read_again_and_nonsense_is_forgotten', () => {
    const choice = { ...USUAL_PICTURE, size: 'a1' as const, scale: 50_000, margins: false, language: 'en' as const };
    const kept = unusual(choice);
    expect(kept).toEqual({ size: 'a1', scale: 50_000, margins: false, language: 'en' });
    expect(decodePicture(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    expect(unusual(USUAL_PICTURE)).toEqual({});
    expect(decodePicture({ size: 'b5', scale: 12_345, dpi: '96', margins: 'no', subject: 'moon', language: 'fr' })).toEqual({});
    expect(decodePicture('a4')).toEqual({});
  });

  it('one_choice_rules_out_another_without_forgetting_it', () => {
    expect(settled({ ...USUAL_PICTURE, subject: 'each', file: 'png' }, all).file).toBe('pdf');
    expect(settled({ ...USUAL_PICTURE, subject: 'place' }, { ...all, place: false }).subject).toBe('view');
    expect(settled({ ...USUAL_PICTURE, subject: 'each', file: 'png' }, { ...all, each: false })).toMatchObject({ subject: 'view', file: 'png' });
    expect(settled({ ...USUAL_PICTURE, size: '1920x1080', scale: 50_000, dpi: 300 }, all)).toMatchObject({ scale: null, dpi: 192 });
  });
});

describe('the size of a picture', () => {
  it('a_sheet_lies_unless_what_it_shows_is_clearly_higher_than_wide', () => {
    expect(lies('auto', [108.4, 30.5, 109.8, 31.4])).toBe(true);
    expect(lies('auto', [108.4, 30.5, 109.2, 31.5])).toBe(false);
    expect(lies('auto', [108.7, 30.9, 108.7, 30.9])).toBe(true);
    expect(lies('portrait', [108.4, 30.5, 109.8, 31.4])).toBe(false);
  });

  it('dots_per_inch_make_pixels_of_millimetres', () => {
    expect(pixelsOf({ size: 'a4', dpi: 300 }, false)).toEqual([2480, 3508]);
    expect(pixelsOf({ size: '1366x768', dpi: 192 }, true)).toEqual([2732, 1536]);
  });
});

describe('what a sheet says of itself', () => {
  const svg = (head: string, text = ''): string => `<?xml version="1.0"?>\n<svg xmlns="x" version="1.1" ${head} viewBox="0 0 1122 793"><text><tspan>比例尺 1:5 000</tspan></text>${text}</svg>`;

  it('its_size_and_the_scale_of_its_bar_not_of_its_heading', () => {
    expect(readSheet(svg('width="297mm" height="210mm"', '<tspan x="1">比例尺 1:500 000</tspan>'))).toEqual({ width: 297, height: 210, unit: 'mm', scale: 500_000 });
    expect(readSheet(svg('width="297mm" height="210mm"', '<tspan x="1">Scale 1:1 000 000</tspan>'))?.scale).toBe(1_000_000);
    expect(readSheet('<svg width="1366" height="768"></svg>')).toEqual({ width: 1366, height: 768, unit: 'px', scale: null });
    expect(readSheet('<html></html>')).toBeNull();
  });

  it('a_scale_is_written_as_maps_do', () => {
    expect([writeScale(5000), writeScale(100_000), writeScale(1_000_000)]).toEqual(['1:5 000', '1:100 000', '1:1 000 000']);
  });
});
