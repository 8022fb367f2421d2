/** A document on its way from the server. Each button remembers its own, also while its panel is closed. */
import { signal, type Signal } from '@preact/signals';
import { downloadReport, reportAddress, REPORT_TYPES, type Report, type ReportFormat } from '../../api/report';
import type { Download } from '../../state/download';
import type { Language } from '../../state/language';
import { createDownloader, type Downloader } from '../downloading';

interface Desk {
  state: Signal<Download>;
  downloader: Downloader;
}

const desks = new Map<string, Desk>();

export function deskOf(key: string): Desk {
  const known = desks.get(key);
  if (known) return known;
  const desk = { state: signal<Download>({ status: 'none' }), downloader: createDownloader() };
  desks.set(key, desk);
  return desk;
}

export function startReport({ state, downloader }: Desk, report: Report, format: ReportFormat, lang: Language, name: string): void {
  const address = reportAddress(report, format, lang);
  void downloader.start(state, { name: `${name}.${format}`, type: REPORT_TYPES[format], fetch: (signal, heard) => downloadReport(address, signal, heard) });
}
