/**
 * The only place that talks to the server.
 *
 * Answers are immutable for one data version, so each address is asked once per page and then
 * remembered; a failed answer is forgotten at once, so that "try again" asks again. It decides
 * nothing about presentation: failures leave as `ApiError` and the UI words them.
 */
import type {
  Atlas, Discrepancy, Dossier, List, Organisation, PlaceListItem, Problem, Project, SearchItem, Target, Task,
} from './types';

export * from './types';

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

async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { headers: { accept: 'application/json' }, ...(signal && { signal }) });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'unreachable', null);
  }
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  if (!response.ok) {
    const problem = isJson ? ((await response.json()) as Problem) : null;
    // A gateway in front of a dead server answers 502–504: for the user that is "unreachable" too.
    const status = response.status >= 502 && response.status <= 504 ? 0 : response.status;
    throw new ApiError(status, problem?.title ?? response.statusText, problem?.detail ?? null);
  }
  if (!isJson) throw new ApiError(response.status, 'not JSON', path);
  return (await response.json()) as T;
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

/** Lists of records that can be read whole. */
export const REGISTERS = ['targets', 'projects', 'tasks', 'organisations', 'discrepancies'] as const;
export type RegisterName = (typeof REGISTERS)[number];

type Register =
  | { name: 'targets'; items: Target[] }
  | { name: 'projects'; items: Project[] }
  | { name: 'tasks'; items: Task[] }
  | { name: 'organisations'; items: Organisation[] }
  | { name: 'discrepancies'; items: Discrepancy[] };

export const api = {
  atlas: () => once<Atlas>('/api/atlas'),
  place: (id: string) => once<Dossier>(`/api/places/${segment(id)}`),
  project: (id: string) => once<Project>(`/api/projects/${segment(id)}`),
  target: (id: string) => once<Target>(`/api/targets/${segment(id)}`),
  task: (id: string) => once<Task>(`/api/tasks/${segment(id)}`),
  organisation: (id: string) => once<Organisation>(`/api/organisations/${segment(id)}`),
  discrepancy: (id: string) => once<Discrepancy>(`/api/discrepancies/${segment(id)}`),
  projectsOfUnit: (id: string) => once<List<Project>>(`/api/projects?unit=${encodeURIComponent(id)}&limit=100`),
  tasksOfUnit: (id: string) => once<List<Task>>(`/api/tasks?unit=${encodeURIComponent(id)}&limit=100`),
  register: async (name: RegisterName, filters: Record<string, string>, limit: number) => {
    const given = Object.entries(filters).filter(([, value]) => value);
    const query = new URLSearchParams([...given, ['limit', String(limit)]]);
    const { total, items } = await once<List<unknown>>(`/api/${name}?${query.toString()}`);
    return { total, register: { name, items } as Register };
  },
  layerPlaces: (layer: string, offset: number, limit: number) =>
    once<List<PlaceListItem>>(`/api/places?layer=${encodeURIComponent(layer)}&limit=${limit}&offset=${offset}`),
  search: (q: string, signal: AbortSignal) =>
    ask<List<SearchItem>>(`/api/search?q=${encodeURIComponent(q)}&limit=30`, signal),
};
