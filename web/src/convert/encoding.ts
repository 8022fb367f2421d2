/** Characters out of bytes: UTF-8, GB18030 (which contains GBK and GB2312) or UTF-16, told by mark, word or trial. */
import { Refused } from './failure';
import type { Decoded, Encoding } from './model';

const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]], ['utf-16le', [0xff, 0xfe]], ['utf-16be', [0xfe, 0xff]],
];

export interface Text extends Decoded {
  text: string;
}

export function decode(bytes: Uint8Array, chosen: Encoding | null, stated: Encoding | null = null): Text {
  const marked = MARKS.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte))?.[0] ?? null;
  const told: Decoded = chosen ? { encoding: chosen, how: 'chosen' }
    : marked ? { encoding: marked, how: 'stated' }
    : stated && (stated !== 'utf-8' || isUtf8(bytes)) ? { encoding: stated, how: 'stated' }
    : { encoding: isUtf8(bytes) ? 'utf-8' : 'gb18030', how: 'tried' };
  const text = new TextDecoder(told.encoding).decode(bytes);
  if (text.length > 0 && text.indexOf('\u0000') >= 0 && told.how === 'tried') throw new Refused({ code: 'encoding' });
  return { ...told, text };
}

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** What a `.cpg` file or an XML declaration calls it; `null` for what says nothing about Chinese. */
export function encodingNamed(name: string): Encoding | null {
  const word = name.trim().toLowerCase().replace(/[\s_]/g, '-');
  if (/^(utf-?8|65001|cp65001)$/.test(word)) return 'utf-8';
  if (/^(gbk|gb2312|gb-?18030|gb18030-2005|936|cp936|oem-936|ansi-936|windows-936|euc-cn|54936|hz-gb-2312)$/.test(word)) return 'gb18030';
  if (/^utf-?16(-?le)?$/.test(word)) return 'utf-16le';
  return word === 'utf-16be' ? 'utf-16be' : null;
}
