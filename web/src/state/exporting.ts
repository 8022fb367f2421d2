/** What is chosen in the export dialog, for as long as the page is open, and the download under way. */
import { signal } from '@preact/signals';
import type { Encoding } from '../api/export';
import type { Download } from './download';
import type { PartKind } from './export-request';

export function createExporting() {
  return {
    format: signal<string | null>(null),
    crs: signal<string | null>(null),
    encoding: signal<Encoding>('utf-8'),
    records: signal(true),
    part: signal<PartKind>('all'),
    /** Id of a township or county. */
    township: signal<string | null>(null),
    /** Id of a drawing. */
    drawing: signal<string | null>(null),
    /** Ticked layers, and which ones the map showed then: what it shows now is chosen anew. */
    layers: signal<{ shown: string; ids: readonly string[] } | null>(null),
    download: signal<Download>({ status: 'none' }),
  };
}

export type Exporting = ReturnType<typeof createExporting>;

/** The layers that are ticked: the visible ones until the reader ticks others. */
export const tickedLayers = (ticked: { shown: string; ids: readonly string[] } | null, shown: readonly string[]): readonly string[] =>
  ticked?.shown === shown.join() ? ticked.ids : shown;
