/**
 * Chinese type on a machine that has none. The page and the map name the machine's own fonts; only
 * if those draw two different characters alike (the empty box of a missing glyph) are the shipped
 * slices registered, and then the browser fetches just those whose characters appear.
 */
import { SHIPPED_FONT } from './palette';

export type FallbackFaces = Record<string, { url: string; 'unicode-range': string[] }[]>;

export async function fallbackFaces(): Promise<FallbackFaces | null> {
  if (drawsChinese()) return null;
  const { slices } = await import('./shipped-font');
  for (const { url, ranges } of slices) {
    document.fonts.add(new FontFace(SHIPPED_FONT, `url("${url}")`, { unicodeRange: ranges.join(','), weight: '100 900' }));
  }
  return { [SHIPPED_FONT]: slices.map(({ url, ranges }) => ({ url, 'unicode-range': ranges })) };
}

function drawsChinese(): boolean {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!context) return true;
  const ink = (character: string): string => {
    context.clearRect(0, 0, 40, 40);
    context.font = '32px sans-serif';
    context.textBaseline = 'top';
    context.fillText(character, 2, 2);
    return context.getImageData(0, 0, 40, 40).data.filter((_, i) => i % 4 === 3).join('');
  };
  return ink('规') !== ink('册');
}
