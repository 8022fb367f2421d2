/** The printed sheet: paper, inks and type of the map. Thematic colours come from the data folder. */
export const INK = '#2b2620';
export const PAPER = '#fbf7ec';
export const GROUND = '#ece5d4';
export const HALO = 'rgba(252, 248, 238, 0.92)';
/** Inside of hollow symbols. */
export const SYMBOL_PAPER = '#fffaf0';
export const SEAL = '#a6301f';
/** Under what a table or a question has found. */
export const FOUND = '#e9ae2b';
/** Drawings and what is asked about: a violet that nothing else on the sheet has. */
export const INK_OF_QUESTIONS = '#8a3fd1';
export const NEIGHBOUR_INK = '#8d8270';
export const COUNTY_INK = '#6b5d4a';

/** Border tints of the counties, in the order of the plans, as school atlases colour them. */
export const COUNTY_TINTS = ['#d9a27f', '#9fb48c', '#b5a0c4', '#d8bf74', '#8fb3b8'] as const;

const CHINESE_SERIF = [
  'Source Han Serif SC', 'Noto Serif SC', 'Noto Serif CJK SC', 'STZhongsong', 'Songti SC', 'SimSun',
];
const CHINESE_SANS = [
  'Source Han Sans SC', 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'SimHei',
];

/** Shipped with the page, fetched only where the machine has no Chinese font of its own. */
export const SHIPPED_FONT = 'Noto Sans SC Variable';

/**
 * MapLibre draws glyphs itself when a style names no glyph server, with the canvas font that the
 * stack spells. It reads weight and slant off the first name, which therefore is a name no machine
 * has: the fonts that follow are drawn in that weight.
 */
export const FONTS = {
  serif: ['Atlas Medium', ...CHINESE_SERIF, SHIPPED_FONT, 'serif'],
  serifBold: ['Atlas Bold', ...CHINESE_SERIF, SHIPPED_FONT, 'serif'],
  serifItalic: ['Atlas Italic', ...CHINESE_SERIF, SHIPPED_FONT, 'serif'],
  sans: ['Atlas Medium', ...CHINESE_SANS, SHIPPED_FONT],
};

export function mix(color: string, towards: string, share: number): string {
  const channels = (hex: string): number[] => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const a = channels(color);
  const b = channels(towards);
  return `#${a.map((value, i) => Math.round(value + ((b[i] ?? 0) - value) * share).toString(16).padStart(2, '0')).join('')}`;
}
