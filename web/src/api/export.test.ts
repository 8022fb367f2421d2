import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from './client';
import { download, sending, type ExportRequest } from './export';
import { fileNameOf } from './file';

const request: ExportRequest = { format: 'shp', layers: ['herbs', 'medical'], crs: 'EPSG:4490', encoding: 'gbk', records: false };

describe('how an export is asked for', () => {
  it('what_fits_into_an_address_goes_there', () => {
    const { path, sent } = sending('/api/export', { ...request, within: '500235143' });
    expect(sent).toBeUndefined();
    expect(Object.fromEntries(new URL(path, 'http://x').searchParams)).toEqual({
      format: 'shp', layers: 'herbs,medical', crs: 'EPSG:4490', encoding: 'gbk', records: 'false', within: '500235143',
    });
  });

  it('areas_and_lists_of_places_go_into_a_body', () => {
    expect(sending('/api/export', { ...request, places: ['a'] })).toEqual({
      path: '/api/export', sent: { format: 'shp', layers: ['herbs', 'medical'], crs: 'EPSG:4490', encoding: 'gbk', records: false, places: ['a'] },
    });
  });

  it('an_address_too_long_for_gateways_becomes_a_body', () => {
    const layers = Array.from({ length: 900 }, (_, i) => `layer-${i}`);
    expect(sending('/api/export', { ...request, layers })).toMatchObject({ path: '/api/export', sent: { layers } });
  });
});

describe('the name of the file', () => {
  it('is_the_whole_one_before_the_plain_one', () => {
    expect(fileNameOf(`attachment; filename=".zip"; filename*=UTF-8''%E8%8D%AF%E6%9D%90_GCJ-02.zip`)).toBe('药材_GCJ-02.zip');
    expect(fileNameOf('attachment; filename="herbs.zip"')).toBe('herbs.zip');
    expect(fileNameOf(`attachment; filename="a.zip"; filename*=UTF-8''%E8%`)).toBe('a.zip');
    expect(fileNameOf(null)).toBeNull();
  });
});

describe('a download', () => {
  afterEach(() => vi.unstubAllGlobals());
  const answer = (body: BodyInit, init: ResponseInit): void => void vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, init)));
  const unheard = (): void => undefined;

  it('tells_how_far_it_has_come', async () => {
    answer('0123456789', { headers: { 'content-length': '10', 'content-disposition': 'attachment; filename="a.zip"' } });
    const heard: unknown[] = [];
    const file = await download(request, new AbortController().signal, (...said) => heard.push(said));
    expect(file).toMatchObject({ name: 'a.zip', bytes: 10 });
    expect(heard[0]).toEqual([0, 10]);
    expect(heard.at(-1)).toEqual([10, 10]);
  });

  it('that_ends_early_is_no_file', async () => {
    answer('01234', { headers: { 'content-length': '10' } });
    await expect(download(request, new AbortController().signal, unheard)).rejects.toMatchObject({ status: 0, message: 'interrupted' });
  });

  it('that_is_refused_says_why', async () => {
    answer(JSON.stringify({ title: 'Unprocessable Content', detail: 'nothing is left' }), { status: 422, headers: { 'content-type': 'application/problem+json' } });
    await expect(download(request, new AbortController().signal, unheard)).rejects.toMatchObject({ status: 422, detail: 'nothing is left' });
  });

  it('that_finds_nobody_says_so', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed to fetch')));
    const failed = download(request, new AbortController().signal, unheard);
    await expect(failed).rejects.toBeInstanceOf(ApiError);
    await expect(failed).rejects.toMatchObject({ status: 0, message: 'unreachable' });
  });
});
