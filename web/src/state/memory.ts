/**
 * What the browser remembers from one visit to the next: language, layers, last drawer, ground, and
 * the settings. Only what differs from the defaults is kept, so that "restore defaults" leaves nothing.
 *
 * A link shows what it says: the memory of layers, drawer and ground counts for a bare address alone.
 * Nothing here may fail where the browser keeps nothing.
 */
import { batch, effect } from '@preact/signals';
import { decodeDrawer, type Drawer } from './desk';
import { isLanguage, type Language } from './language';
import type { LayerChoice } from './layers';
import { deskOf } from './presenting';
import { decodePicture, unusual, USUAL_PICTURE, type PictureChoice } from './picture';
import { COLOURS, DOCK, dockHeightOf, LOOKS, type Colours, type Look, type Settings } from './settings';
import type { Store } from './store';
import type { AtlasState } from './url';

export interface Memory {
  language?: Language;
  layers?: LayerChoice;
  drawer?: Drawer;
  ground?: string;
  look?: Look;
  colours?: Colours;
  shortcuts?: boolean;
  dockHeight?: number;
  groundNames?: boolean;
  picture?: Partial<PictureChoice>;
  keys?: Readonly<Record<string, string>>;
}

const NAME = 'plan-atlas';

/** The part of `localStorage` that is needed; `null` where the browser refuses it. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export function openShelf(): Shelf | null {
  try {
    const probe = `${NAME}-probe`;
    window.localStorage.setItem(probe, '1');
    window.localStorage.removeItem(probe);
    return window.localStorage;
  } catch {
    return null;
  }
}

export function recall(shelf: Shelf | null): Memory {
  return decodeMemory(shelf?.getItem(NAME) ?? null);
}

/** Whatever does not look as it should counts as forgotten. */
export function decodeMemory(text: string | null): Memory {
  let kept: Record<string, unknown>;
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    if (typeof parsed !== 'object' || parsed === null) return {};
    kept = parsed as Record<string, unknown>;
  } catch {
    return {};
  }
  const { language, layers, drawer, ground, look, colours, shortcuts, dockHeight, groundNames, picture, keys } = kept;
  const shares = recordOf(layers, (share): share is number => typeof share === 'number' && share >= 0 && share <= 100);
  const pictured = decodePicture(picture);
  const words = recordOf(keys, (key): key is string => typeof key === 'string' && key !== '');
  return {
    ...(isLanguage(language as string) && { language: language as Language }),
    ...(shares && { layers: shares }),
    ...(typeof drawer === 'string' && { drawer: decodeDrawer(drawer) }),
    ...(typeof ground === 'string' && { ground }),
    ...((LOOKS as readonly unknown[]).includes(look) && { look: look as Look }),
    ...((COLOURS as readonly unknown[]).includes(colours) && { colours: colours as Colours }),
    ...(typeof shortcuts === 'boolean' && { shortcuts }),
    ...(typeof dockHeight === 'number' && { dockHeight: dockHeightOf(dockHeight) }),
    ...(typeof groundNames === 'boolean' && { groundNames }),
    ...(Object.keys(pictured).length > 0 && { picture: pictured }),
    ...(words && { keys: words }),
  };
}

function recordOf<T>(value: unknown, fits: (item: unknown) => item is T): Record<string, T> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, T] => fits(entry[1])));
}

/** The state to begin with: what the address says, and where it says nothing at all, what was left last time. */
export function withMemory(state: AtlasState, memory: Memory, bare: boolean): AtlasState {
  return {
    ...state,
    language: state.language ?? memory.language ?? null,
    ...(bare && { layers: memory.layers ?? null, drawer: memory.drawer ?? state.drawer, ground: memory.ground ?? null }),
  };
}

export function putBack(settings: Settings, { look, colours, shortcuts, dockHeight, groundNames, picture, keys }: Memory): void {
  batch(() => {
    settings.look.value = look ?? 'system';
    settings.colours.value = colours ?? 'atlas';
    settings.shortcuts.value = shortcuts ?? true;
    settings.dockHeight.value = dockHeight ?? DOCK.usual;
    settings.groundNames.value = groundNames ?? false;
    settings.picture.value = { ...USUAL_PICTURE, ...picture };
    settings.keys.value = keys ?? {};
  });
}

/** What of the store is worth remembering. */
export function memoryOf(store: Store): Memory {
  const { look, colours, shortcuts, dockHeight, groundNames, picture, keys } = store.settings;
  const pictured = unusual(picture.value);
  // A guided tour switches layers without anybody having chosen them.
  const { layers } = store.presenting.desk.value ?? deskOf(store);
  return {
    ...(store.language.value !== store.preferredLanguage && { language: store.language.value }),
    ...(layers && { layers }),
    ...(store.drawer.value !== 'layers' && { drawer: store.drawer.value }),
    ...(store.ground.value && { ground: store.ground.value }),
    ...(look.value !== 'system' && { look: look.value }),
    ...(colours.value !== 'atlas' && { colours: colours.value }),
    ...(!shortcuts.value && { shortcuts: false }),
    ...(dockHeight.value !== DOCK.usual && { dockHeight: dockHeight.value }),
    ...(groundNames.value && { groundNames: true }),
    ...(Object.keys(pictured).length > 0 && { picture: pictured }),
    ...(Object.keys(keys.value).length > 0 && { keys: keys.value }),
  };
}

/** What a share link sets for its own sake stays remembered as it was before. */
export function asGuest(now: Memory, before: Memory): Memory {
  const kept: Memory = { ...now };
  for (const name of ['language', 'layers', 'drawer', 'ground'] as const) {
    delete kept[name];
    if (before[name] !== undefined) Object.assign(kept, { [name]: before[name] });
  }
  return kept;
}

/** Writes down every change from now on; in a share link (`before`: what was remembered), only what readers set for themselves. */
export function keepMemory(store: Store, shelf: Shelf | null, before: Memory | null = null): () => void {
  store.settings.kept.value = shelf !== null;
  return effect(() => {
    const memory = before ? asGuest(memoryOf(store), before) : memoryOf(store);
    try {
      if (Object.keys(memory).length) shelf?.setItem(NAME, JSON.stringify(memory));
      else shelf?.removeItem(NAME);
    } catch {
      store.settings.kept.value = false;
    }
  });
}

/** Back to how the page opens for somebody who has never been here. */
export function restoreDefaults(store: Store): void {
  batch(() => {
    putBack(store.settings, {});
    store.language.value = store.preferredLanguage;
    store.layers.value = null;
    store.drawer.value = 'layers';
    store.ground.value = null;
  });
}
