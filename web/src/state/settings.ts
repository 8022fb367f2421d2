/** What a reader sets once and finds again: look, colours, shortcuts, map pictures, own keys. Kept by the browser (`memory.ts`), never in a link. */
import { computed, signal } from '@preact/signals';
import { USUAL_PICTURE, type PictureChoice } from './picture';

export const LOOKS = ['light', 'dark', 'system'] as const;
export type Look = (typeof LOOKS)[number];

export const COLOURS = ['atlas', 'safe'] as const;
export type Colours = (typeof COLOURS)[number];

/** Preparing: the map is being drawn in its light colours. Now: the sheet for paper stands in the page. */
export type Printing = 'no' | 'preparing' | 'now';

/** Share of the desk that the dock takes, in per cent. */
export const DOCK = { least: 20, usual: 44, most: 80, step: 4 } as const;

export const dockHeightOf = (percent: number): number =>
  Number.isFinite(percent) ? Math.round(Math.min(DOCK.most, Math.max(DOCK.least, percent))) : DOCK.usual;

export function createSettings() {
  const look = signal<Look>('system');
  const systemDark = signal(false);
  const printing = signal<Printing>('no');
  return {
    look,
    colours: signal<Colours>('atlas'),
    /** Single keys do something (they must be possible to switch off: WCAG 2.1.4). */
    shortcuts: signal(true),
    dockHeight: signal<number>(DOCK.usual),
    /** The names that a ground brings along are drawn too. */
    groundNames: signal(false),
    /** How map pictures are made. */
    picture: signal<PictureChoice>(USUAL_PICTURE),
    /** Keys of basemaps by `keyName`. */
    keys: signal<Readonly<Record<string, string>>>({}),
    /** The browser lets the page remember things. */
    kept: signal(true),
    /** What the machine itself is set to. */
    systemDark,
    /** The page is on its way to paper, which is always light. */
    printing,
    dark: computed(() => printing.value === 'no' && (look.value === 'dark' || (look.value === 'system' && systemDark.value))),
  };
}

export type Settings = ReturnType<typeof createSettings>;
