import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import type { Stop } from '../api/types';
import { NO_TOUR } from './own-tour';
import { idOf, quoted, toursToml } from './tours-toml';

const full: Stop = {
  title: '水口组团', title_en: 'Shuikou cluster',
  caption: '依托“水口组团”\n第二行 "引号" \\ 反斜线\t制表 \u0001 \u007f 🌿', caption_en: 'Plain words.',
  plan: 'yunyang', section: '第二章第四节', center: [108.76448, 31], zoom: 11, bearing: -15.5, pitch: 0,
  layers: ['counties', 'layout'], places: ['500235142', 'yunyang:shuikou-cluster'],
  records: [{ plan: 'yunyang', table: 'projects', id: 'PJ047', title: '园区', title_en: null }],
};
const bare: Stop = { ...full, title: '', title_en: '', caption: '', caption_en: '', plan: null, section: null, bearing: 0, places: [], records: [] };

const read = (stops: Stop[], title = '我的讲解', title_en = '') => parse(toursToml({ title, title_en, stops }, '我的讲解')) as {
  tours: { id: string; title: string; title_en: string; stops?: Record<string, unknown>[] }[];
};

describe('a tour as a file', () => {
  it('what_is_written_is_read_back_word_for_word', () => {
    const [tour] = read([full], '云阳：一核', 'Yunyang: one core').tours;
    expect(tour).toEqual({
      id: 'yunyang-one-core', title: '云阳：一核', title_en: 'Yunyang: one core',
      stops: [{
        title: full.title, title_en: full.title_en, caption: full.caption, caption_en: full.caption_en, plan: 'yunyang', section: '第二章第四节',
        center: [108.76448, 31], zoom: 11, bearing: -15.5, layers: full.layers, places: full.places, records: ['yunyang/projects/PJ047'],
      }],
    });
  });

  it('numbers_are_decimals_even_when_they_are_whole', () => {
    const text = toursToml({ title: '题', title_en: '', stops: [full] }, '我的讲解');
    expect(text).toContain('center = [108.76448, 31.0]');
    expect(text).toContain('zoom = 11.0');
  });

  it('what_has_not_been_written_is_filled_in_so_that_the_file_can_be_loaded', () => {
    const stops = read([bare, { ...bare, title: '盘龙', caption: '一句话。' }]).tours[0]?.stops ?? [];
    expect(stops[0]).toMatchObject({ title: '1', title_en: '1', caption: '1', caption_en: '1' });
    expect(stops[1]).toMatchObject({ title: '盘龙', title_en: '盘龙', caption: '一句话。', caption_en: '一句话。' });
    expect(stops[0]).not.toHaveProperty('section');
    expect(stops[0]).not.toHaveProperty('bearing');
    expect(read([], '').tours[0]).toMatchObject({ id: 'my-tour', title: '我的讲解', title_en: '我的讲解' });
    expect(toursToml(NO_TOUR, '我的讲解')).toContain('[[tours]]');
  });

  it('ids_are_words_with_hyphens_that_no_other_tour_has', () => {
    expect(idOf('Fengjie’s herbs — café & more!', [])).toBe('fengjies-herbs-cafe-more');
    expect(idOf('中药材', [])).toBe('my-tour');
    expect(idOf('', ['my-tour', 'my-tour-2'])).toBe('my-tour-3');
  });

  it('half_a_character_does_not_spoil_the_file', () => {
    expect(parse(`a = ${quoted('坏\ud83c字')}`)).toEqual({ a: '坏\ufffd字' });
  });
});
