/**
 * The one place where the page keeps what it knows: the state of the address bar, and the passing
 * things (what the pointer is over, what is lit) by which map and panels talk to each other.
 *
 * Signals only. It asks the server nothing and draws nothing.
 */
import { signal } from '@preact/signals';
import type { Accuracy, Bounds, LonLat, PlaceListItem, PlaceRef } from '../api/types';
import type { Language } from './language';
import type { LayerChoice } from './layers';
import { reduceSelection, type Selection, type SelectionAction, type SelectionKind } from './selection';
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

/** What the panels ask of the map. */
export type Command =
  | { type: 'view'; view: View }
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
    toReveal,
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
  return {
    language: store.language.value,
    view: store.view.value,
    layers: store.layers.value,
    selection: store.selection.value,
  };
}
