/**
 * Why a file cannot be taken. Each reason is told to the person in their language with what to do
 * about it (`ui/text/mine.ts`); nothing of a file that fails reaches the map.
 */
import type { Kind } from './sniff';

export type Reason =
  | { code: 'too-large'; bytes: number; limit: number }
  | { code: 'empty' } | { code: 'blank' } | { code: 'folder' }
  | { code: 'pretends'; is: Kind; says: string }
  | { code: 'unsupported'; is: Kind }
  | { code: 'unknown'; says: string }
  | { code: 'encoding' }
  | { code: 'json-broken'; at: string | null } | { code: 'json-other'; is: 'topojson' | 'esri' | 'plain' }
  | { code: 'zip-broken' } | { code: 'zip-bomb'; limit: number } | { code: 'zip-many'; limit: number }
  | { code: 'zip-nested'; member: string } | { code: 'zip-nothing' }
  | { code: 'xml-entities' } | { code: 'xml-broken'; at: string | null } | { code: 'kml-empty'; links: number }
  | { code: 'shp-missing'; have: string } | { code: 'shp-broken' } | { code: 'shp-multipatch' }
  | { code: 'gpkg-other' } | { code: 'gpkg-empty' } | { code: 'gpkg-broken' }
  | { code: 'table-empty' } | { code: 'table-wide'; limit: number } | { code: 'xlsx-broken' }
  | { code: 'reference-refused'; name: string; because: 'beijing54' | 'xian80' | 'datum' | 'unknown-code' | 'projection' }
  | { code: 'nothing-left'; total: number; fault: string | null }
  | { code: 'busy' } | { code: 'memory' } | { code: 'crashed'; detail: string };

export class Refused extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason.code);
    this.name = 'Refused';
    this.reason = reason;
  }
}

export interface FileFailure {
  file: string;
  reason: Reason;
}

/** Whatever a reader throws, as a reason; engines word exhaustion in their own ways. */
export function reasonOf(error: unknown): Reason {
  if (error instanceof Refused) return error.reason;
  const message = error instanceof Error ? error.message : String(error);
  if (/allocation|out of memory|Invalid (string|array) length|Maximum call stack/i.test(message)) return { code: 'memory' };
  return { code: 'crashed', detail: message };
}
