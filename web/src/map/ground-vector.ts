/**
 * Vector tiles whose layers we do not know, drawn quietly: water blue, green land green, roads and
 * borders as hairlines, everything else as grey shapes. No names: those are the atlas's.
 */
import type { LayerSpecification } from 'maplibre-gl';
import { AREAS, LINES, overZoom } from './recipe';

interface Quiet {
  /** Layer ids of the usual schemas (OpenMapTiles, Protomaps, Shortbread, Natural Earth). */
  when: RegExp;
  area: string | null;
  line: string | null;
  width: number;
}

const USUAL: readonly Quiet[] = [
  { when: /water|river|lake|ocean|sea|水|河|湖/i, area: '#bcd2dd', line: '#8fb2c6', width: 0.9 },
  { when: /park|wood|forest|green|grass|landuse|landcover|land_use|natural|林|绿/i, area: '#d5dcc0', line: null, width: 0 },
  { when: /road|street|highway|transport|rail|道|路/i, area: null, line: '#c3b295', width: 1 },
  { when: /bound|admin|界/i, area: null, line: '#a99f8c', width: 0.8 },
  { when: /building|房|建筑/i, area: '#ddd2bd', line: null, width: 0 },
  { when: /label|name|poi|place|注记/i, area: null, line: null, width: 0 },
];
const OTHER: Quiet = { when: /^/, area: '#e2dac8', line: '#bfb49e', width: 0.6 };

export function quietly(source: string, layers: readonly string[]): LayerSpecification[] {
  const known = layers.map((id) => ({ id, quiet: USUAL.find(({ when }) => when.test(id)) ?? OTHER }));
  const areas = known.flatMap(({ id, quiet: { area } }): LayerSpecification[] => (area === null ? [] : [{
    id: `${source}/area-${id}`, type: 'fill', source, 'source-layer': id, filter: AREAS, paint: { 'fill-color': area, 'fill-opacity': 0.7 },
  }]));
  const lines = known.flatMap(({ id, quiet: { line, width } }): LayerSpecification[] => (line === null ? [] : [{
    id: `${source}/line-${id}`, type: 'line', source, 'source-layer': id, filter: LINES,
    paint: { 'line-color': line, 'line-width': overZoom(7, width * 0.5, 12, width * 1.5), 'line-opacity': 0.9 },
  }]));
  return [...areas, ...lines];
}
