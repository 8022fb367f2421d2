/**
 * Sequential colours for thematic maps, light to dark: every palette stays in order for the colour-blind
 * and in a grey copy.
 *
 * YlGnBu, BuPu and Oranges: ColorBrewer 2.0, Cynthia Brewer, Pennsylvania State University (Apache 2.0,
 * colorbrewer2.org). Viridis: Stéfan van der Walt and Nathaniel Smith, matplotlib (CC0), sampled evenly.
 */
export const PALETTES = ['ylgnbu', 'bupu', 'oranges', 'viridis'] as const;
export type Palette = (typeof PALETTES)[number];

/** For three to seven classes. */
const COLORS: Record<Palette, readonly (readonly string[])[]> = {
  ylgnbu: [
    ['#edf8b1', '#7fcdbb', '#2c7fb8'],
    ['#ffffcc', '#a1dab4', '#41b6c4', '#225ea8'],
    ['#ffffcc', '#a1dab4', '#41b6c4', '#2c7fb8', '#253494'],
    ['#ffffcc', '#c7e9b4', '#7fcdbb', '#41b6c4', '#2c7fb8', '#253494'],
    ['#ffffcc', '#c7e9b4', '#7fcdbb', '#41b6c4', '#1d91c0', '#225ea8', '#0c2c84'],
  ],
  bupu: [
    ['#e0ecf4', '#9ebcda', '#8856a7'],
    ['#edf8fb', '#b3cde3', '#8c96c6', '#88419d'],
    ['#edf8fb', '#b3cde3', '#8c96c6', '#8856a7', '#810f7c'],
    ['#edf8fb', '#bfd3e6', '#9ebcda', '#8c96c6', '#8856a7', '#810f7c'],
    ['#edf8fb', '#bfd3e6', '#9ebcda', '#8c96c6', '#8c6bb1', '#88419d', '#6e016b'],
  ],
  oranges: [
    ['#fee6ce', '#fdae6b', '#e6550d'],
    ['#feedde', '#fdbe85', '#fd8d3c', '#d94701'],
    ['#feedde', '#fdbe85', '#fd8d3c', '#e6550d', '#a63603'],
    ['#feedde', '#fdd0a2', '#fdae6b', '#fd8d3c', '#e6550d', '#a63603'],
    ['#feedde', '#fdd0a2', '#fdae6b', '#fd8d3c', '#f16913', '#d94801', '#8c2d04'],
  ],
  viridis: [
    ['#fde725', '#21918c', '#440154'],
    ['#fde725', '#35b779', '#31688e', '#440154'],
    ['#fde725', '#5cc863', '#21918c', '#3b528b', '#440154'],
    ['#fde725', '#7ad151', '#22a884', '#2a788e', '#414487', '#440154'],
    ['#fde725', '#8ed645', '#35b779', '#21918c', '#31688e', '#443983', '#440154'],
  ],
};

/** One colour per class, lowest first; beyond seven classes neighbours share, since no eye tells more apart. */
export function colorsOf(palette: Palette, classes: number, inverted: boolean): string[] {
  const size = Math.min(7, Math.max(3, classes));
  const listed = COLORS[palette][size - 3] ?? [];
  const ordered = inverted ? [...listed].reverse() : listed;
  const at = (i: number): number => (classes === 1 ? 1 : Math.round((i * (size - 1)) / (classes - 1)));
  return Array.from({ length: classes }, (_, i) => ordered[at(i)] ?? '');
}
