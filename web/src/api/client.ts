/**
 * What the server answers; `export.ts` and `picture.ts` beside it fetch files, and nobody else talks to the server.
 *
 * Answers are immutable for one data version, so each address is asked once per page and then
 * remembered; a failed answer is forgotten at once, so that "try again" asks again. It decides
 * nothing about presentation: failures leave as `ApiError` and the UI words them.
 */
import { signal } from '@preact/signals';
import type {
  Atlas, DataStatus, Discrepancy, Dossier, List, LonLat, Organisation, PlaceListItem, Problem, Project, SearchItem, Target, Task, Theme, ThemeValues,
} from './types';
import type { Pairs, PlaceNear, Within } from './answers';
import { send } from './transport';
import { sending, type ExportChoices, type ExportRequest, type Preview } from './export';
import type { Around, SiteCard, Sites, SitesCompared } from './sites';
import type { Tours } from './types';

export * from './types';
export { bundledReport, hasServer } from './transport';

export class ApiError extends Error {
  /** HTTP status; 0 when the server could not be reached at all. */
  readonly status: number;
  readonly detail: string | null;

  constructor(status: number, title: string, detail: string | null) {
    super(title);
    this.name = 'ApiError';
    this.status = status;
    this.detail = detail;
  }
}

const remembered = new Map<string, Promise<unknown>>();

/** How many answers are being waited for. */
export const pending = signal(0);

const ask = <T>(path: string, abort?: AbortSignal, sent?: object, type?: string): Promise<T> => {
  pending.value = pending.peek() + 1;
  return request<T>(path, abort, sent, type).finally(() => (pending.value = pending.peek() - 1));
};

async function request<T>(path: string, signal?: AbortSignal, sent?: object, type = 'application/geo+json'): Promise<T> {
  let response: Response;
  const what = sent && { method: 'POST', body: JSON.stringify(sent) };
  try {
    response = await send(path, { headers: { accept: 'application/json', ...(sent && { 'content-type': type }) }, ...what, ...(signal && { signal }) });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'unreachable', null);
  }
  if (!response.ok) throw await failureOf(response);
  if (!isJson(response)) throw new ApiError(response.status, 'not JSON', path);
  return (await response.json()) as T;
}

const isJson = (response: Response): boolean => /json/.test(response.headers.get('content-type') ?? '');

export async function failureOf(response: Response): Promise<ApiError> {
  const problem = isJson(response) ? ((await response.json()) as Problem) : null;
  // A gateway in front of a dead server answers 502–504: for the user that is "unreachable" too.
  const gone = !problem && response.status >= 502 && response.status <= 504;
  return new ApiError(gone ? 0 : response.status, problem?.title ?? response.statusText, problem?.detail ?? null);
}

function once<T>(path: string): Promise<T> {
  const known = remembered.get(path) as Promise<T> | undefined;
  if (known) return known;
  const asked = ask<T>(path);
  remembered.set(path, asked);
  asked.catch(() => remembered.delete(path));
  return asked;
}

/** Ids hold colons, which are legal in a path; everything else that is not is escaped. */
const segment = (id: string): string => encodeURIComponent(id).replaceAll('%3A', ':');

/** The lists that can be read whole. */
export interface Lists {
  projects: Project;
  targets: Target;
  tasks: Task;
  places: PlaceListItem;
  organisations: Organisation;
  discrepancies: Discrepancy;
}

/** The most that the server gives at a time. */
const PAGE = 1000;
const wholes = new Map<string, Promise<unknown>>();

/** All items, page by page; `heard` is told what has come and what is still to come. */
async function allPages<T>(path: string, heard?: (come: number, total: number) => void): Promise<T[]> {
  const items: T[] = [];
  for (;;) {
    const page = await ask<List<T>>(`${path}limit=${PAGE}&offset=${items.length}`);
    items.push(...page.items);
    heard?.(items.length, page.total);
    if (items.length >= page.total || page.items.length === 0) return items;
  }
}

/** Like `once`, of a whole list. Whoever asks while it is on its way hears nothing of its progress. */
function wholeOnce<T>(path: string, heard?: (come: number, total: number) => void): Promise<T[]> {
  const known = wholes.get(path) as Promise<T[]> | undefined;
  if (known) return known;
  const asked = allPages<T>(path, heard);
  wholes.set(path, asked);
  asked.catch(() => wholes.delete(path));
  return asked;
}

export const api = {
  atlas: () => once<Atlas>('/api/atlas'),
  /** Asked in the background again and again: it counts neither as remembered nor as waited for. */
  status: () => request<DataStatus>('/api/status'),
  place: (id: string) => once<Dossier>(`/api/places/${segment(id)}`),
  project: (id: string) => once<Project>(`/api/projects/${segment(id)}`),
  target: (id: string) => once<Target>(`/api/targets/${segment(id)}`),
  task: (id: string) => once<Task>(`/api/tasks/${segment(id)}`),
  organisation: (id: string) => once<Organisation>(`/api/organisations/${segment(id)}`),
  discrepancy: (id: string) => once<Discrepancy>(`/api/discrepancies/${segment(id)}`),
  projectsOfUnit: (id: string) => once<List<Project>>(`/api/projects?unit=${encodeURIComponent(id)}&limit=100`),
  tasksOfUnit: (id: string) => once<List<Task>>(`/api/tasks?unit=${encodeURIComponent(id)}&limit=100`),
  whole: <N extends keyof Lists>(name: N, heard?: (come: number, total: number) => void) => wholeOnce<Lists[N]>(`/api/${name}?`, heard),
  /** Records of a place and of all that lies inside it; of a county also those that name no place. */
  recordsAt: <N extends 'projects' | 'targets' | 'tasks' | 'discrepancies'>(name: N, place: string) =>
    wholeOnce<Lists[N]>(`/api/${name}?place=${encodeURIComponent(place)}&`),
  tours: () => once<Tours>('/api/tours'),
  counties: () => once<List<PlaceListItem>>('/api/places?kind=county&limit=100'),
  sites: () => once<Sites>('/api/sites'),
  /** The card of the site at a place; `radius` in metres, of its surroundings. */
  site: (place: string, radius: number) => once<SiteCard>(`/api/sites/${segment(place)}?radius=${radius}`),
  around: ([lon, lat]: LonLat, radius: number) => once<Around>(`/api/around?lon=${lon}&lat=${lat}&radius=${radius}`),
  sitesCompared: (places: readonly string[], radius: number) =>
    once<SitesCompared>(`/api/sites/compare?places=${places.map(segment).join(',')}&radius=${radius}`),
  indicators: () => once<List<Target>>('/api/targets?kind=indicator&limit=1000'),
  themes: () => once<{ items: Theme[] }>('/api/themes'),
  themeValues: (id: string, filters: Record<string, string>) => {
    const query = new URLSearchParams(filters).toString();
    return once<ThemeValues>(`/api/themes/${segment(id)}${query && `?${query}`}`);
  },
  layerPlaces: (layer: string, offset: number, limit: number) =>
    once<List<PlaceListItem>>(`/api/places?layer=${encodeURIComponent(layer)}&limit=${limit}&offset=${offset}`),
  /** What lies in an area, or within a distance of any geometry. */
  within: (geometry: GeoJSON.Geometry, metres: number, signal: AbortSignal) =>
    ask<Within>(`/api/within${metres > 0 ? `?distance=${metres}` : ''}`, signal, geometry),
  withinPlace: (id: string, metres: number, signal: AbortSignal) =>
    ask<Within>(`/api/places/${segment(id)}/within${metres > 0 ? `?distance=${metres}` : ''}`, signal),
  near: (filters: Record<string, string>, signal: AbortSignal) => ask<List<PlaceNear>>(`/api/near?${new URLSearchParams(filters).toString()}`, signal),
  /** With `own`, a layer of the reader's, as the other side. */
  pairs: (filters: Record<string, string>, signal: AbortSignal, own?: GeoJSON.FeatureCollection) =>
    ask<Pairs>(`/api/pairs?${new URLSearchParams(filters).toString()}`, signal, own),
  exportChoices: () => once<ExportChoices>('/api/export/formats'),
  /** What an export will hold, and what its format cannot carry. */
  preview: (request: ExportRequest, signal: AbortSignal) => {
    const { path, sent } = sending('/api/export/losses', request);
    return ask<Preview>(path, signal, sent, 'application/json');
  },
  search: (q: string, signal: AbortSignal, limit = 30) =>
    ask<List<SearchItem>>(`/api/search?q=${encodeURIComponent(q)}&limit=${limit}`, signal),
};
