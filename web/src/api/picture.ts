/** Map pictures: a preview as text, and the file. */
import { ApiError, failureOf } from './client';
import { send } from './transport';
import { fetchFile, type Downloaded, type Heard } from './file';

/** The SVG behind an address. */
export async function fetchSvg(address: string, signal: AbortSignal): Promise<string> {
  const lost = (error: unknown): never => {
    if (signal.aborted) throw error;
    throw new ApiError(0, 'unreachable', null);
  };
  const response = await send(address, { signal }).catch(lost);
  if (!response.ok) throw await failureOf(response);
  // A page in its place: there is no such server behind this address.
  if (!/svg/.test(response.headers.get('content-type') ?? '')) throw new ApiError(404, 'not a picture', null);
  return response.text().catch(lost);
}

export const downloadPicture = (address: string, signal: AbortSignal, heard: Heard): Promise<Downloaded> => fetchFile(address, signal, heard);
