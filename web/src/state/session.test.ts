import { describe, expect, it } from 'vitest';
import type { Share } from '../api/session';
import { addressOfShare, dayOf, pasted, refusalOf, stateOfShare, tokenIn, upTo, withoutToken } from './session';

const share: Share = {
  audience: 'public', layers: ['townships', 'herbs'], place: '500235143', language: 'en', tour: null,
  view: 'at=31.02,108.9,9.6&layers=herbs~60,rivers', data_version: 'abc', since: '2026-11-27T00:00:00Z', until: '2026-12-04T00:00:00Z',
};

describe('a share link', () => {
  it('is_opened_by_writing_what_it_says_into_the_address', () => {
    expect(addressOfShare(share)).toBe('?lang=en&at=31.02,108.9,9.6&layers=townships,herbs~60&place=500235143');
  });

  it('shows_its_layers_and_no_others_whatever_its_view_says', () => {
    expect(stateOfShare(share).layers).toEqual({ townships: 100, herbs: 60 });
    expect(stateOfShare({ ...share, view: null }).layers).toEqual({ townships: 100, herbs: 100 });
  });

  it('starts_its_tour_at_the_beginning_and_no_other', () => {
    expect(stateOfShare({ ...share, tour: 'yunyang', view: 'tour=fengjie&stop=4' }).tour).toEqual({ tour: 'yunyang', stop: 1 });
    expect(stateOfShare({ ...share, view: '?tour=fengjie&stop=4' }).tour).toBeNull();
  });

  it('selects_the_place_that_it_names_and_no_other', () => {
    expect(stateOfShare({ ...share, place: null, view: 'place=500235001' }).selection).toEqual({ kind: 'none' });
    expect(stateOfShare({ ...share, view: 'place=500235001' }).selection).toEqual({ kind: 'place', id: '500235143' });
    expect(stateOfShare({ ...share, view: 'project=PJ001' }).selection).toEqual({ kind: 'place', id: '500235143' });
  });

  it('leaves_the_address_once_its_token_was_taken', () => {
    expect(tokenIn('?share=share.a-_b.c')).toBe('share.a-_b.c');
    expect(tokenIn('?lang=zh')).toBeNull();
    expect(withoutToken('?lang=zh&share=share.a.b&at=1,2,3')).toBe('?lang=zh&at=1,2,3');
    expect(withoutToken('?share=share.a.b')).toBe('');
  });
});

describe('what is pasted', () => {
  it('is_told_apart_and_loses_the_blanks_of_broken_lines', () => {
    expect(pasted('  pass.aa\n  bb.cc ')).toEqual({ kind: 'pass', token: 'pass.aabb.cc' });
    expect(pasted('http://atlas.local/?share=share.aa.bb')).toEqual({ kind: 'share', token: 'share.aa.bb' });
    expect(pasted('share.aa.bb')).toEqual({ kind: 'share', token: 'share.aa.bb' });
  });
});

describe('a refusal', () => {
  it('is_read_out_of_the_servers_sentence', () => {
    expect(refusalOf(401, 'this pass or share link ended at 2026-11-20T03:00:00Z; ask for a new one')).toEqual({ kind: 'ended', at: '2026-11-20T03:00:00Z' });
    expect(refusalOf(401, 'this pass or share link was altered, or comes from another server (or its key was changed); ask for a new one')).toEqual({ kind: 'foreign' });
    expect(refusalOf(401, 'this is no pass or share link of Plan Atlas; copy it whole')).toEqual({ kind: 'malformed' });
    expect(refusalOf(401, 'this server has no key, so that nobody can sign in or make links')).toEqual({ kind: 'noKey' });
    expect(refusalOf(401, 'not today')).toEqual({ kind: 'other', detail: 'not today' });
    expect(refusalOf(401, 'it ended at dawn; sorry')).toEqual({ kind: 'ended', at: null });
    expect(refusalOf(0, null)).toEqual({ kind: 'unreachable' });
  });
});

it('an_audience_shares_with_itself_and_those_who_see_less', () => {
  expect(upTo('public')).toEqual(['public']);
  expect(upTo('internal')).toEqual(['public', 'investor', 'internal']);
});

it('days_are_written_as_the_reader_writes_them', () => {
  expect(dayOf('2026-12-04T12:00:00Z', 'zh')).toBe('2026年12月4日');
  expect(dayOf('2026-12-04T12:00:00Z', 'en')).toBe('4 December 2026');
});
