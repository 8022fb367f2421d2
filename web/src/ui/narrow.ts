/** Widths at which the page lies differently; `styles/small.css` says the same. */
const WIDTHS = { columns: 1100, drawers: 900 } as const;

/** `columns`: one panel at a time beside the map. `drawers`: panels cover the map. */
export const isNarrow = (how: keyof typeof WIDTHS): boolean => window.matchMedia(`(max-width: ${WIDTHS[how]}px)`).matches;

/** So low that a map and a page of figures leave each other too little. */
export const isLow = (): boolean => window.matchMedia('(max-height: 1000px)').matches;
