import { describe, expect, it } from 'vitest';
import { USUAL_PICTURE } from './picture';
import { fileAddress, faultOf, previewAddress, type Picture } from './picture-request';

const picture: Picture = { ...USUAL_PICTURE, subject: { kind: 'view', bounds: [108.5, 30.8, 108.9, 31.1] }, layers: ['counties', 'herbs'], title: '药材', language: 'zh' };
const asked = (address: string): Record<string, string> => Object.fromEntries(new URL(address, 'http://x').searchParams);

describe('how a picture is asked for', () => {
  it('a_sheet_is_fitted_and_turned_by_the_server_unless_somebody_chooses', () => {
    expect(fileAddress(picture)).toMatch(/^\/map\.pdf\?/);
    expect(asked(fileAddress(picture))).toEqual({ layers: 'counties,herbs', bbox: '108.5,30.8,108.9,31.1', paper: 'a3', title: '药材', lang: 'zh', margins: 'true', grid: 'auto' });
    expect(asked(fileAddress({ ...picture, size: 'a4', orientation: 'portrait', scale: 100_000 }))).toMatchObject({ paper: 'a4', orientation: 'portrait', scale: '100000' });
  });

  it('pixels_have_neither_paper_nor_scale', () => {
    const query = asked(fileAddress({ ...picture, size: '1920x1080', orientation: 'portrait', scale: 50_000, file: 'png', dpi: 192 }));
    expect(query).toMatchObject({ width: '1920', height: '1080', dpi: '192' });
    for (const name of ['paper', 'orientation', 'scale']) expect(query).not.toHaveProperty(name);
  });

  it('places_and_counties_are_named_and_the_whole_is_what_the_server_has', () => {
    expect(asked(fileAddress({ ...picture, subject: { kind: 'place', id: '500235143' } }))).toMatchObject({ place: '500235143' });
    expect(asked(fileAddress({ ...picture, subject: { kind: 'county', id: '500235' } }))).toMatchObject({ place: '500235' });
    const whole = asked(fileAddress({ ...picture, subject: { kind: 'county', id: null } }));
    for (const name of ['place', 'bbox', 'each']) expect(whole).not.toHaveProperty(name);
  });

  it('of_many_sheets_the_preview_shows_the_first_each_headed_by_its_place', () => {
    const many: Picture = { ...picture, subject: { kind: 'each', layer: 'townships', first: '500235001', sheets: 75 } };
    expect(asked(fileAddress(many))).toMatchObject({ each: 'townships' });
    const preview = asked(previewAddress(many));
    expect(preview).toMatchObject({ place: '500235001' });
    for (const query of [asked(fileAddress(many)), preview]) expect(query).not.toHaveProperty('title');
  });

  it('the_preview_of_any_file_is_the_same_picture_as_svg', () => {
    const png = { ...picture, file: 'png' as const, dpi: 300 as const };
    expect(previewAddress(png)).toBe(fileAddress({ ...picture, file: 'svg' }));
  });

  it('no_heading_where_there_is_no_margin_to_hold_it', () => {
    expect(asked(fileAddress({ ...picture, margins: false }))).toMatchObject({ margins: 'false' });
    expect(asked(fileAddress({ ...picture, margins: false }))).not.toHaveProperty('title');
    expect(asked(fileAddress({ ...picture, title: null }))).not.toHaveProperty('title');
  });
});

describe('what the server would refuse', () => {
  it('is_known_beforehand', () => {
    expect(faultOf(picture, true)).toBeNull();
    expect(faultOf({ ...picture, layers: [] }, true)).toBe('noLayer');
    expect(faultOf({ ...picture, subject: { kind: 'each', layer: 'townships', first: 'a', sheets: 201 } }, true)).toBe('tooManySheets');
    // A2 at 300 dots per inch has 34.8 million pixels, A1 twice as many.
    expect(faultOf({ ...picture, size: 'a2', file: 'png', dpi: 300 }, true)).toBeNull();
    expect(faultOf({ ...picture, size: 'a1', file: 'png', dpi: 300 }, true)).toBe('tooManyPixels');
    expect(faultOf({ ...picture, size: 'a1', file: 'pdf', dpi: 300 }, true)).toBeNull();
  });
});
