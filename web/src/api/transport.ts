/** How questions reach whoever answers them: here a server; in a bundle (`src/offline`), a program in the page. */

export const send = (address: string, what?: RequestInit): Promise<Response> => fetch(address, what);

/** What addresses of tiles begin with. */
export const origin = (): string => window.location.origin;

/** Whether somebody is there who draws pictures, writes exports and lets people in. */
export const hasServer: boolean = true;

/** Where a bundle has a report ready; `null` where it has not. */
export const bundledReport = (_kind: 'site' | 'place', _place: string, _lang: 'zh' | 'en'): string | null => null;
