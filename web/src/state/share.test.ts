import { describe, expect, it } from 'vitest';
import { dateAfter, daysTo, faultOf, missingLayers, viewWords, wishOf, type Draft } from './share';
import { EMPTY_STATE, type AtlasState } from './url';

const state: AtlasState = {
  ...EMPTY_STATE, language: 'zh', view: { lon: 108.9, lat: 31.02, zoom: 9.6, bearing: 0 }, layers: { townships: 100, herbs: 60, rivers: 30 },
  selection: { kind: 'place', id: '500235143' }, drawer: 'ask', ground: 'sky', tour: { tour: '~own', stop: 2 },
};
const draft: Draft = { layers: ['townships', 'herbs'], place: '500235143', tour: null, language: 'zh', view: true, audience: 'public', days: 7 };

describe('the wish', () => {
  it('holds_the_view_in_words_of_the_address_and_nothing_that_it_says_itself', () => {
    expect(wishOf(draft, state)).toEqual({
      layers: ['townships', 'herbs'], place: '500235143', tour: null, language: 'zh', audience: 'public', days: 7,
      view: 'at=31.02,108.9,9.6&layers=townships,herbs~60&ground=sky',
    });
  });

  it('leaves_the_view_out_when_it_is_not_ticked', () => {
    expect(wishOf({ ...draft, view: false }, state).view).toBeNull();
  });

  it('names_no_layer_that_is_not_shared', () => {
    expect(viewWords(state, ['townships'])).toBe('at=31.02,108.9,9.6&ground=sky');
    const swipe = { at: 50, left: { layers: { townships: 100 }, year: null }, right: { layers: { rivers: 100 }, year: null } };
    expect(viewWords({ ...state, swipe }, ['townships'])).not.toContain('rivers');
    expect(viewWords({ ...state, swipe }, ['townships', 'rivers'])).toContain('swipe=');
    expect(viewWords(EMPTY_STATE, ['townships'])).toBeNull();
    expect(viewWords({ ...EMPTY_STATE, dock: { kind: 'targets' } }, ['townships'])).toBe('dock=targets');
    expect(viewWords({ ...EMPTY_STATE, selection: { kind: 'project', id: 'PJ001' } }, ['townships'])).toBeNull();
  });

  it('knows_which_layers_of_a_tour_would_be_missing', () => {
    const stop = (layers: string[]) => ({ layers }) as never;
    expect(missingLayers({ stops: [stop(['townships', 'sites']), stop(['sites', 'herbs'])] }, ['herbs'])).toEqual(['townships', 'sites']);
    expect(missingLayers(null, [])).toEqual([]);
  });
});

describe('the last day', () => {
  const now = new Date(2026, 10, 27, 23, 30);
  it('is_counted_in_days_of_the_calendar', () => {
    expect(dateAfter(7, now)).toBe('2026-12-04');
    expect(daysTo('2026-12-04', now)).toBe(7);
    expect(daysTo('2026-11-28', now)).toBe(1);
  });

  it('lies_neither_before_tomorrow_nor_beyond_a_year', () => {
    expect(daysTo('2026-11-27', now)).toBeNull();
    expect(daysTo('2028-01-01', now)).toBeNull();
    expect(daysTo('', now)).toBeNull();
    expect(daysTo('soon', now)).toBeNull();
  });
});

describe('a fault', () => {
  it('is_read_out_of_the_servers_sentence', () => {
    expect(faultOf(404, 'there is no layer "reserve" for that audience')).toEqual({ kind: 'layer', id: 'reserve' });
    expect(faultOf(404, 'there is no tour "yunyang" for that audience')).toEqual({ kind: 'tour', id: 'yunyang' });
    expect(faultOf(400, 'the place "500235143" is in none of the layers; add one of its own')).toEqual({ kind: 'placeOutside' });
    expect(faultOf(400, 'the link would be too long; leave `view` out')).toEqual({ kind: 'tooLong' });
    expect(faultOf(403, 'a share link is open; leave it before you make one')).toEqual({ kind: 'open' });
    expect(faultOf(403, 'you see what is public, and cannot share what is internal; sign in')).toEqual({ kind: 'audience' });
    expect(faultOf(401, 'this server has no key, so that nobody can sign in or make links')).toEqual({ kind: 'noKey' });
    expect(faultOf(401, 'this pass or share link ended at 2026-11-20T03:00:00Z')).toEqual({ kind: 'signIn' });
    expect(faultOf(0, null)).toEqual({ kind: 'unreachable' });
    expect(faultOf(400, 'strange')).toEqual({ kind: 'other', detail: 'strange' });
  });
});
