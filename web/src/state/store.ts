/**
 * The one place where the page keeps what it knows: the state of the address bar, and the passing
 * things (what the pointer is over, what is lit) by which map and panels talk to each other.
 *
 * Signals only. It asks the server nothing and draws nothing.
 */
import { signal } from '@preact/signals';
import type { Session } from '../api/session';
import type { Accuracy, Bounds, DataStatus, LonLat, PlaceListItem, PlaceRef } from '../api/types';
import { createAsk } from './ask';
import { NO_DOCK, type Dock, type Drawer } from './desk';
import { createExporting } from './exporting';
import type { Language } from './language';
import type { LayerChoice } from './layers';
import { createMine } from './mine';
import { createPicturing } from './picturing';
import { createPresenting, deskOf } from './presenting';
import { reduceSelection, type Selection, type SelectionAction, type SelectionKind } from './selection';
import { addressOf, createRoom } from './room';
import { createSettings } from './settings';
import { CURTAIN, type Swipe } from './swipe';
import { withPlaceOf, type TableChoice } from './table';
import { createTheming, type Thematic, type ThemeChoice } from './theme';
import type { AtlasState, View } from './url';

/** A place as a tile knows it. */
export interface MapPlace {
  id: string;
  name: string;
  name_en: string | null;
  kind: string;
  accuracy: Accuracy | null;
  layer: string;
}

/** Places under the pointer or a click, topmost first, in pixels of the map. */
export interface Pick {
  x: number;
  y: number;
  places: MapPlace[];
}

/** The map as a still picture, and its size on the screen in CSS pixels. */
export interface Snapshot {
  picture: HTMLCanvasElement;
  width: number;
  height: number;
}

/** What the panels ask of the map. */
export type Command =
  /** `fly` shows the way there, if the machine can. */
  | { type: 'view'; view: View; pitch?: number; fly?: boolean }
  | { type: 'fit'; bounds: Bounds; maxZoom: number }
  /** Moves only if one of the points is out of sight. */
  | { type: 'reveal'; points: readonly LonLat[] }
  | { type: 'zoom'; by: number }
  | { type: 'north' };

/** What must be in sight once the selection is shown: its places, a spot, or nothing in particular. */
export type Reveal = 'places' | LonLat | null;

export function createStore(initial: AtlasState, preferredLanguage: Language) {
  const language = signal<Language>(initial.language ?? preferredLanguage);
  const view = signal<View | null>(initial.view);
  const layers = signal<LayerChoice | null>(initial.layers);
  const selection = signal<Selection>(initial.selection);
  const toReveal = signal<Reveal>(null);
  const swipe = signal<Swipe | null>(initial.swipe);
  const theme = signal<ThemeChoice | null>(initial.theme);
  return {
    language,
    view,
    layers,
    selection,
    /** Under the pointer. */
    hover: signal<Pick | null>(null),
    /** The rest of what a click met. */
    chooser: signal<Pick | null>(null),
    /** Places of the record the reader points at in a panel. */
    lit: signal<readonly PlaceRef[]>([]),
    /** Places of the selected thing. */
    shown: signal<readonly PlaceRef[]>([]),
    /** The places of each visible layer, as far as they have been fetched. */
    standing: signal<Readonly<Record<string, readonly PlaceListItem[]>>>({}),
    command: signal<Command | null>(null),
    layersOpen: signal(true),
    /** What the details panel is headed with, once it has come. */
    heading: signal<string | null>(null),
    /** Part of the map could not be fetched or drawn. */
    tilesFailed: signal(false),
    /** How the data behind the page stood when the server was last asked. */
    dataStatus: signal<DataStatus | null>(null),
    /** Ids of the news about it that the reader has put away. */
    newsPutAway: signal<ReadonlySet<string>>(new Set()),
    toReveal,
    drawer: signal<Drawer>(initial.drawer),
    dock: signal<Dock>(initial.dock),
    /** The dock covers the map; sites side by side are read across a room, so they always begin large. */
    dockLarge: signal(initial.dock.kind === 'sites'),
    table: signal<TableChoice>(initial.table),
    /** Ids of the places that a table or a question has found; the map shows them above all others. */
    found: signal<ReadonlySet<string> | null>(null),
    theme,
    theming: createTheming(),
    /** What the thematic map draws, once its values have come. */
    thematic: signal<Thematic | null>(null),
    swipe,
    /** Where the curtain hangs this very moment; `swipe` is told when it has come to rest. */
    curtain: signal(initial.swipe?.at ?? CURTAIN.middle),
    /** Ids of the townships that stand side by side. */
    columns: signal<readonly string[]>(initial.columns),
    /** Id of the ground under the layers. */
    ground: signal<string | null>(initial.ground),
    /** The ground could not be fetched. */
    groundFailed: signal(false),
    /** The map as a still picture for paper, once there is a map. */
    snapshot: signal<(() => Snapshot) | null>(null),
    /** A sheet that lies over everything. */
    dialog: signal<'help' | 'about' | 'export' | 'print' | 'tours' | 'share' | 'session' | null>(null),
    /** Who looks at the page; `null` where the server does not say. */
    session: signal<Session | null>(null),
    /** The language of a reader who has chosen none. */
    preferredLanguage,
    ask: createAsk(initial.ask),
    exporting: createExporting(),
    mine: createMine(),
    picturing: createPicturing(),
    room: createRoom(initial.room),
    presenting: createPresenting(initial.tour, initial.tour && deskOf({ view, layers, swipe, theme })),
    settings: createSettings(),
    openDock(dock: Dock) {
      if (dock.kind !== this.dock.value.kind) this.table.value = withPlaceOf(this.table.value, dock, selection.value);
      this.dock.value = dock;
      if (dock.kind === 'none') this.dockLarge.value = false;
    },
    closeDock() {
      this.openDock(NO_DOCK);
    },
    select(action: SelectionAction) {
      toReveal.value = null;
      selection.value = reduceSelection(selection.value, action);
    },
    /** Chooses by a click on the map: the panel that opens must not hide the spot that was clicked. */
    pick(id: string, clicked: LonLat) {
      toReveal.value = clicked;
      selection.value = reduceSelection(selection.value, { type: 'choose', kind: 'place', id });
    },
    /** Chooses from a panel: like `select`, and the map shows where it is. */
    follow(kind: SelectionKind, id: string) {
      toReveal.value = 'places';
      selection.value = reduceSelection(selection.value, { type: 'choose', kind, id });
    },
  };
}

export type Store = ReturnType<typeof createStore>;

export function currentState(store: Store): AtlasState {
  const { view, layers, swipe, theme } = store.presenting.desk.value ?? deskOf(store);
  return {
    language: store.language.value,
    view,
    layers,
    selection: store.selection.value,
    drawer: store.drawer.value,
    dock: store.dock.value,
    table: store.table.value,
    ground: store.ground.value,
    columns: store.columns.value,
    swipe,
    theme,
    room: addressOf(store.room),
    tour: store.presenting.at.value,
    ask: store.drawer.value === 'ask' ? store.ask.address.value : null,
  };
}
