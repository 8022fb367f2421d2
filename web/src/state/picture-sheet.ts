/** What an SVG of the server says about itself: its size, and the scale that it has been given. */

export interface SheetSize {
  width: number;
  height: number;
  /** Millimetres of paper, or pixels. */
  unit: 'mm' | 'px';
  /** 100 000 stands for 1:100 000. */
  scale: number | null;
}

export function readSheet(svg: string): SheetSize | null {
  const head = /<svg\b[^>]*>/.exec(svg)?.[0] ?? '';
  const side = (name: string): RegExpExecArray | null => new RegExp(String.raw`\s${name}="([\d.]+)(mm|px)?"`).exec(head);
  const [width, height] = [side('width'), side('height')];
  if (!width || !height) return null;
  // The scale bar comes after the heading, which may hold anything.
  const scale = [...svg.matchAll(/>(?:比例尺|Scale) 1:(\d{1,3}(?: \d{3})*)</g)].at(-1)?.[1];
  return { width: Number(width[1]), height: Number(height[1]), unit: width[2] === 'mm' ? 'mm' : 'px', scale: scale ? Number(scale.replaceAll(' ', '')) : null };
}

/** As maps write it. */
export const writeScale = (scale: number): string => `1:${String(scale).replace(/\B(?=(\d{3})+$)/g, ' ')}`;
