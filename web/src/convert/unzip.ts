/**
 * Unpacks a zip as a stream and stops at the first sign of a bomb: too many members, a zip within, or
 * more bytes than any honest file of that size holds. Sizes that the zip claims for itself are not believed.
 */
import { Unzip, UnzipInflate, UnzipPassThrough, type UnzipFile } from 'fflate';
import { isUtf8 } from './encoding';
import { Refused } from './failure';
import { RATIO, RATIO_FROM, UNPACKED_BYTES, ZIP_MEMBERS } from './limits';

export interface Member {
  name: string;
  bytes: Uint8Array;
}

const CHUNK = 1 << 16;
const NESTED = /\.(zip|kmz|xlsx|rar|7z|gz|tar|bz2|xz)$/i;

export interface Unpacking {
  wanted: (name: string) => boolean;
  /** Members that are zips themselves are an error, except in an office file, where they are only passed over. */
  mayNest?: boolean;
  progress?: (done: number) => void;
}

export async function unzip(zip: Blob, { wanted, mayNest = false, progress }: Unpacking): Promise<Member[]> {
  const members: Member[] = [];
  let unpacked = 0;
  let seen = 0;
  let consumed = 0;
  const stream = new Unzip((file) => take(file));
  stream.register(UnzipInflate);
  stream.register(UnzipPassThrough);

  function take(file: UnzipFile): void {
    seen += 1;
    if (seen > ZIP_MEMBERS) throw new Refused({ code: 'zip-many', limit: ZIP_MEMBERS });
    const name = nameOf(file.name);
    if (name.endsWith('/') || /(^|\/)(__MACOSX\/|\._)/.test(name)) return;
    if (NESTED.test(name) && !mayNest) throw new Refused({ code: 'zip-nested', member: name });
    if (!wanted(name)) return;
    const parts: Uint8Array[] = [];
    const packedBefore = consumed;
    let size = 0;
    file.ondata = (error, chunk, final) => {
      // What this very function threw comes back through the inflater.
      if (error) throw (error as Error) instanceof Refused ? error : new Refused({ code: 'zip-broken' });
      size += chunk.length;
      unpacked += chunk.length;
      const packed = Math.max(1, consumed - packedBefore + CHUNK);
      if (unpacked > UNPACKED_BYTES || (size > RATIO_FROM && size > packed * RATIO)) throw new Refused({ code: 'zip-bomb', limit: UNPACKED_BYTES });
      parts.push(chunk);
      if (final) members.push({ name, bytes: joined(parts, size) });
    };
    file.start();
  }

  try {
    for (let at = 0; at < zip.size; at += CHUNK) {
      const chunk = new Uint8Array(await zip.slice(at, at + CHUNK).arrayBuffer());
      stream.push(chunk, at + CHUNK >= zip.size);
      consumed = at + chunk.length;
      if (at % (CHUNK * 16) === 0) progress?.(consumed);
    }
  } catch (error) {
    throw error instanceof Refused ? error : new Refused({ code: 'zip-broken' });
  }
  if (seen === 0) throw new Refused({ code: 'zip-broken' });
  return members;
}

/** A name without the UTF-8 flag comes as Latin-1; Windows has written it in its own code page, in China GBK. */
function nameOf(name: string): string {
  if (!/[\u0080-\u00ff]/.test(name) || /[^\u0000-\u00ff]/.test(name)) return name;
  const bytes = Uint8Array.from(name, (character) => character.charCodeAt(0));
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'gb18030').decode(bytes);
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
