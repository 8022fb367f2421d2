/** Coordinates as people type them: decimal degrees, degrees with minutes and seconds, metres with a thousands separator. */

const DMS = /^([NSEW东西南北]?)[经纬]?\s*(-?\d+(?:\.\d+)?)\s*[°度º]\s*(?:(\d+(?:\.\d+)?)\s*[′'’分]\s*)?(?:(\d+(?:\.\d+)?)\s*(?:[″"”秒]|'')\s*)?([NSEW]?)$/i;

/** `null` for what is no number. */
export function coordinate(cell: unknown): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  if (typeof cell !== 'string') return null;
  const text = halfWidth(cell).trim();
  if (text === '') return null;
  const plain = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return Number(plain);
  const found = DMS.exec(text);
  if (!found) return null;
  const [, before = '', degrees = '', minutes = '0', seconds = '0', after = ''] = found;
  const size = Math.abs(Number(degrees)) + Number(minutes) / 60 + Number(seconds) / 3600;
  return /[SW西南]/i.test(before + after) || degrees.startsWith('-') ? -size : size;
}

/** "108.69,30.93" in one cell. */
export function pair(cell: unknown): [number, number] | null {
  if (typeof cell !== 'string') return null;
  const parts = halfWidth(cell).replace(/^[\s([]+|[\s)\]]+$/g, '').split(/[,;\s]+/).filter(Boolean);
  const [x, y] = parts.map(coordinate);
  return parts.length === 2 && typeof x === 'number' && typeof y === 'number' ? [x, y] : null;
}

/** Digits and signs as a Chinese keyboard types them. */
const halfWidth = (text: string): string => text.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/　/g, ' ');
