/** What a file is by its first bytes, whatever its name says. */
export type Kind =
  | 'pdf' | 'image' | 'rar' | '7z' | 'gzip' | 'office-old' | 'dwg' | 'html' | 'program' | 'access'
  | 'zip' | 'sqlite' | 'shp' | 'dbf' | 'kml' | 'xml' | 'json' | 'text' | 'blank' | 'binary';

const SIGNATURES: readonly (readonly [Kind, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['image', [0x89, 0x50, 0x4e, 0x47]], ['image', [0xff, 0xd8, 0xff]], ['image', [0x47, 0x49, 0x46, 0x38]],
  ['image', [0x49, 0x49, 0x2a, 0x00]], ['image', [0x4d, 0x4d, 0x00, 0x2a]], ['image', [0x42, 0x4d]],
  ['rar', [0x52, 0x61, 0x72, 0x21]], ['7z', [0x37, 0x7a, 0xbc, 0xaf]], ['gzip', [0x1f, 0x8b]],
  ['office-old', [0xd0, 0xcf, 0x11, 0xe0]], ['dwg', [0x41, 0x43, 0x31, 0x30]], ['program', [0x4d, 0x5a]],
  ['access', [0x00, 0x01, 0x00, 0x00, 0x53, 0x74, 0x61, 0x6e]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]], ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['sqlite', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
  ['shp', [0x00, 0x00, 0x27, 0x0a]],
];

const begins = (bytes: Uint8Array, signature: readonly number[]): boolean => signature.every((byte, i) => bytes[i] === byte);
const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

export function sniff(head: Uint8Array): Kind {
  const known = SIGNATURES.find(([kind, signature]) => begins(head, signature) && (kind !== 'image' || signature.length > 2 || looksBitmap(head)));
  if (known) return known[0];
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (wide) return ofText(new TextDecoder(head[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(head));
  if (head.every(isSpace)) return 'blank';
  if (looksDbf(head)) return 'dbf';
  if (head.some((byte) => byte < 0x07)) return 'binary';
  return ofText(new TextDecoder().decode(head));
}

function ofText(text: string): Kind {
  const start = text.replace(/^\uFEFF/, '').trimStart().slice(0, 4000);
  // A record separator opens each line of a GeoJSON text sequence.
  if (/^\x1e?\s*[[{]/.test(start)) return 'json';
  if (/^<(!doctype\s+html|html|head|body)\b/i.test(start)) return 'html';
  if (start.startsWith('<')) return /<(\w+:)?kml[\s>]/i.test(start) ? 'kml' : 'xml';
  return start === '' ? 'blank' : 'text';
}

/** "BM" opens many a word; a bitmap has four zero bytes after its size. */
const looksBitmap = (head: Uint8Array): boolean => head.length > 10 && [6, 7, 8, 9].every((at) => head[at] === 0);

function looksDbf(head: Uint8Array): boolean {
  if (head.length < 33 || ![0x02, 0x03, 0x30, 0x31, 0x43, 0x83, 0x8b, 0xf5].includes(head[0] ?? 0)) return false;
  const [month = 0, day = 0] = [head[2], head[3]];
  const headerLength = (head[8] ?? 0) + (head[9] ?? 0) * 256;
  return month <= 12 && day <= 31 && headerLength >= 33;
}
