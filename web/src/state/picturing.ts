/** What the print dialog holds for as long as the page is open, beside the choices that are kept (`settings.picture`). */
import { signal } from '@preact/signals';
import type { Download } from './download';

export function createPicturing() {
  return {
    /** Id of the county that "whole county" means, or all of them; until somebody chooses, the one in sight. */
    county: signal<string | 'all' | null>(null),
    /** A heading that somebody has written, and for what: another subject has another heading. */
    title: signal<{ of: string; text: string } | null>(null),
    download: signal<Download>({ status: 'none' }),
  };
}

export type Picturing = ReturnType<typeof createPicturing>;

export const titleOf = (written: { of: string; text: string } | null, subject: string, usual: string): string =>
  written?.of === subject ? written.text : usual;
