/**
 * The address bar as a codec: `AtlasState` ↔ query string. Pure; it touches neither `window` nor
 * the history, and it never throws: a mangled parameter counts as absent.
 *
 *     ?lang=en&at=30.9312,108.6933,10.25,15&layers=townships,herbs~60&place=500235143
 *
 * `at` is latitude, longitude, zoom and (unless 0) bearing. `layers` lists the visible layers, each
 * with its opacity in per cent unless that is 100; `layers=` alone hides all.
 */
import { decodeDock, decodeDrawer, encodeDock, NO_DOCK, type Dock, type Drawer } from './desk';
import { isLanguage, type Language } from './language';
import { decodeLayers, encodeLayers, type LayerChoice } from './layers';
import { decodeColumns, encodeColumns } from './columns';
import { decodeRoom, encodeRoom, USUAL_ROOM, type RoomAddress } from './room';
import { decodeSwipe, encodeSwipe, type Swipe } from './swipe';
import { NOTHING, SELECTABLE, type Selection } from './selection';
import { decodeTable, encodeTable, WHOLE_TABLE, type TableChoice } from './table';
import { decodeTheme, encodeTheme, type ThemeChoice } from './theme';
import { decodeTour, encodeTour, type TourAt } from './tour';

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
  drawer: Drawer;
  dock: Dock;
  table: TableChoice;
  ground: string | null;
  columns: readonly string[];
  swipe: Swipe | null;
  theme: ThemeChoice | null;
  room: RoomAddress;
  /** A question as `question-address.ts` writes it. */
  ask: string | null;
  /** The stop of a guided tour that is presented; all the rest is the desk that it was started from. */
  tour: TourAt | null;
}

export const EMPTY_STATE: AtlasState = {
  language: null, view: null, layers: null, selection: NOTHING, drawer: 'layers', dock: NO_DOCK, table: WHOLE_TABLE,
  ground: null, columns: [], swipe: null, theme: null, room: USUAL_ROOM, ask: null, tour: null,
};

/** Characters that are legal in a query and make the link readable when left alone. */
const readable = (value: string): string =>
  encodeURIComponent(value).replace(/%(3A|3B|2C|7E|2F)/gi, (escape) => decodeURIComponent(escape));

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
  if (state.layers) parts.push(`layers=${readable(encodeLayers(state.layers))}`);
  if (state.selection.kind !== 'none') parts.push(`${state.selection.kind}=${readable(state.selection.id)}`);
  if (state.drawer !== 'layers') parts.push(`drawer=${state.drawer}`);
  const dock = encodeDock(state.dock);
  if (dock) parts.push(`dock=${readable(dock)}`);
  if (state.dock.kind === 'table') parts.push(...encodeTable(state.table).map(([name, value]) => `${name}=${readable(value)}`));
  if (state.ground) parts.push(`ground=${readable(state.ground)}`);
  if (state.columns.length) parts.push(`columns=${readable(encodeColumns(state.columns))}`);
  parts.push(...encodeRoom(state.room, state).map(([name, value]) => `${name}=${readable(value)}`));
  if (state.swipe) parts.push(`swipe=${readable(encodeSwipe(state.swipe))}`);
  if (state.theme) parts.push(`theme=${readable(encodeTheme(state.theme))}`);
  if (state.ask) parts.push(`ask=${readable(state.ask)}`);
  if (state.tour) parts.push(...encodeTour(state.tour).map(([name, value]) => `${name}=${readable(value)}`));
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
    drawer: decodeDrawer(query.get('drawer')),
    // Links of the first version named a register of records.
    dock: decodeDock(query.get('dock') ?? (query.has('register') ? `table:${query.get('register')}` : null)),
    table: decodeTable(query),
    ground: query.get('ground') || null,
    columns: decodeColumns(query.get('columns')),
    swipe: decodeSwipe(query.get('swipe')),
    theme: decodeTheme(query.get('theme')),
    room: decodeRoom(query),
    ask: query.get('ask') || null,
    tour: decodeTour(query),
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

function decodeSelection(query: URLSearchParams): Selection {
  for (const kind of SELECTABLE) {
    const id = query.get(kind);
    if (id) return { kind, id };
  }
  return NOTHING;
}
