/** A file from the server, fetched piece by piece, so that the reader sees how far it has come and can stop it. */
import { ApiError, failureOf } from './client';
import { send } from './transport';

export interface Downloaded {
  /** As the server calls it. */
  name: string | null;
  parts: BlobPart[];
  bytes: number;
}

/** Is told how much has come, and of how much, if the server says so. */
export type Heard = (come: number, total: number | null) => void;

export async function fetchFile(path: string, signal: AbortSignal, heard: Heard, what?: RequestInit): Promise<Downloaded> {
  const lost = (error: unknown, title: string): never => {
    if (signal.aborted) throw error;
    throw new ApiError(0, title, null);
  };
  const response = await send(path, { signal, ...what }).catch((error: unknown) => lost(error, 'unreachable'));
  if (!response.ok) throw await failureOf(response);
  const name = fileNameOf(response.headers.get('content-disposition'));
  const total = Number(response.headers.get('content-length')) || null;
  const reader = response.body?.getReader();
  const parts: BlobPart[] = [];
  let bytes = 0;
  heard(bytes, total);
  for (;;) {
    const piece = await reader?.read().catch((error: unknown) => lost(error, 'interrupted'));
    if (!piece || piece.done) break;
    parts.push(piece.value);
    bytes += piece.value.byteLength;
    heard(bytes, total);
  }
  if (total !== null && bytes !== total) throw new ApiError(0, 'interrupted', null);
  return { name, parts, bytes };
}

/** RFC 6266: the name in whatever script it is, else the plain one. */
export function fileNameOf(disposition: string | null): string | null {
  const whole = /filename\*\s*=\s*utf-8'[^']*'([^;]+)/i.exec(disposition ?? '')?.[1];
  if (whole) {
    try {
      return decodeURIComponent(whole.trim());
    } catch {
      // A mangled escape: the plain name is still good.
    }
  }
  return /filename\s*=\s*"([^"]+)"/i.exec(disposition ?? '')?.[1] ?? null;
}
