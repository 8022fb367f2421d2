/**
 * The address bar as a codec: `AtlasState` ↔ query string. Pure; it touches neither `window` nor
 * the history, and it never throws: a mangled parameter counts as absent.
 *
 *     ?lang=en&at=30.9312,108.6933,10.25,15&layers=townships,herbs~60&place=500235143
 *
 * `at` is latitude, longitude, zoom and (unless 0) bearing. `layers` lists the visible layers, each
 * with its opacity in per cent unless that is 100; `layers=` alone hides all.
 */
import { isLanguage, type Language } from './language';
import type { LayerChoice } from './layers';
import { NOTHING, SELECTABLE, type Selection } from './selection';

export interface View {
  lon: number;
  lat: number;
  zoom: number;
  bearing: number;
}

export interface AtlasState {
  language: Language | null;
  view: View | null;
  layers: LayerChoice | null;
  selection: Selection;
}

export const EMPTY_STATE: AtlasState = { language: null, view: null, layers: null, selection: NOTHING };

/** Characters that are legal in a query and make the link readable when left alone. */
const readable = (value: string): string =>
  encodeURIComponent(value).replace(/%(3A|2C|7E|2F)/gi, (escape) => decodeURIComponent(escape));

/** Five decimals are about a metre; two of the zoom are below what the eye can tell. */
export function roundView(view: View): View {
  return {
    lon: Number(view.lon.toFixed(5)),
    lat: Number(view.lat.toFixed(5)),
    zoom: Number(view.zoom.toFixed(2)),
    bearing: Number(((((view.bearing + 180) % 360) + 360) % 360 - 180).toFixed(1)),
  };
}

export function encodeState(state: AtlasState): string {
  const parts: string[] = [];
  if (state.language) parts.push(`lang=${state.language}`);
  if (state.view) {
    const { lat, lon, zoom, bearing } = roundView(state.view);
    parts.push(`at=${[lat, lon, zoom, ...(bearing === 0 ? [] : [bearing])].join(',')}`);
  }
  if (state.layers) {
    const listed = Object.entries(state.layers).map(([id, opacity]) => (opacity === 100 ? id : `${id}~${opacity}`));
    parts.push(`layers=${readable(listed.join(','))}`);
  }
  if (state.selection.kind !== 'none') parts.push(`${state.selection.kind}=${readable(state.selection.id)}`);
  return parts.length ? `?${parts.join('&')}` : '';
}

export function decodeState(search: string): AtlasState {
  const query = new URLSearchParams(search);
  const language = query.get('lang');
  return {
    language: isLanguage(language) ? language : null,
    view: decodeView(query.get('at')),
    layers: decodeLayers(query.get('layers')),
    selection: decodeSelection(query),
  };
}

function decodeView(text: string | null): View | null {
  if (!text) return null;
  const [lat, lon, zoom, bearing = 0] = text.split(',').map(Number);
  if (lat === undefined || lon === undefined || zoom === undefined) return null;
  if (![lat, lon, zoom, bearing].every(Number.isFinite)) return null;
  if (Math.abs(lat) > 85 || Math.abs(lon) > 180 || zoom < 0 || zoom > 24) return null;
  return roundView({ lat, lon, zoom, bearing });
}

function decodeLayers(text: string | null): LayerChoice | null {
  if (text === null) return null;
  const choice: Record<string, number> = {};
  for (const item of text.split(',').filter(Boolean)) {
    const [id = '', percent] = item.split('~');
    const opacity = percent === undefined ? 100 : Number(percent);
    if (id) choice[id] = opacity >= 0 && opacity <= 100 ? opacity : 100;
  }
  return choice;
}

function decodeSelection(query: URLSearchParams): Selection {
  for (const kind of SELECTABLE) {
    const id = query.get(kind);
    if (id) return { kind, id };
  }
  return NOTHING;
}
