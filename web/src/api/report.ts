/** Documents to hand over: the brochure of a site, the dossier of a place, the booklet of a layer, sites compared. */
import { fetchFile, type Downloaded, type Heard } from './file';

export const REPORT_TYPES = {
  pdf: 'application/pdf',
  html: 'text/html;charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export type ReportFormat = keyof typeof REPORT_TYPES;

export type Report =
  /** `link` leads back to the view that the brochure was made from. */
  | { kind: 'site'; place: string; radius: number; link: string }
  | { kind: 'place'; place: string }
  | { kind: 'layer'; layer: string; county: string | null }
  | { kind: 'comparison'; places: readonly string[]; radius: number };

export function reportAddress(report: Report, format: ReportFormat, lang: 'zh' | 'en'): string {
  const { kind, ...about } = report;
  const asked = Object.entries(about).flatMap(([name, value]) => (value === null ? [] : [[name, Array.isArray(value) ? value.join(',') : String(value)]]));
  return `/reports/${kind}.${format}?${new URLSearchParams([...asked, ['lang', lang]]).toString()}`;
}

export const downloadReport = (address: string, signal: AbortSignal, heard: Heard): Promise<Downloaded> => fetchFile(address, signal, heard);
