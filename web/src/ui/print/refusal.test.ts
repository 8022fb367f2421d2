import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/client';
import { printText } from '../text/print';
import { refusalOf } from './refusal';

const words = printText.zh;
const refused = (status: number, detail: string | null, title = ''): unknown => refusalOf(new ApiError(status, title, detail), words);
const said = (of: keyof typeof words.wrongs): unknown => ({ said: words.wrongs[of], detail: null });

describe('a refused picture', () => {
  it('says_what_to_do_in_the_reader_s_language', () => {
    expect(refused(422, '"yunyang:industrial-park" has no position, so there is no map of it; take its township')).toEqual(said('unlocated'));
    expect(refused(422, 'there is no room for a map beside its legend on so small a picture; ask for more pixels, or for margins=false')).toEqual(said('small'));
    expect(refused(422, 'the picture would have 57 million pixels; at most 50 are painted: ask for fewer dpi, a smaller size, or for a PDF')).toEqual(said('tooManyPixels'));
    expect(refused(422, '318 sheets are too many; at most 200 are made at once: choose a layer with fewer places')).toEqual(said('tooManySheets'));
    expect(refused(404, 'there is no layer "x"; /api/atlas lists them')).toEqual(said('gone'));
    expect(refused(503, 'the answer was not ready within 20 seconds, and the work on it was stopped')).toEqual(said('tooLong'));
    expect(refused(503, 'the server is busy')).toEqual(said('busy'));
    expect(refused(0, null, 'interrupted')).toEqual(said('interrupted'));
    expect(refused(0, null, 'unreachable')).toEqual(said('unreachable'));
  });

  it('gives_the_server_s_own_sentence_where_it_knows_no_better', () => {
    expect(refused(400, 'scale is 3; it runs from 500')).toEqual({ said: words.wrongs.refused, detail: 'scale is 3; it runs from 500' });
  });
});
