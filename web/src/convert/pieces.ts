/**
 * What was brought, sorted into things that belong together: the parts of a Shapefile are one thing, each
 * member of a zip that is a layer is one. A file is looked at before it is believed; its name is only a hint.
 */
import { Refused, type FileFailure, reasonOf } from './failure';
import { FILE_BYTES } from './limits';
import { sniff, type Kind } from './sniff';
import { unzip } from './unzip';
import type { Format, Progress } from './model';
import type { Parts } from './formats/shapefile';

export interface Piece {
  /** The chosen file, or the zip and the member in it. */
  file: string;
  name: string;
  format: Format;
  says: string;
  parts: Parts | null;
  bytes: () => Promise<Uint8Array>;
  blob: Blob | null;
}

const HEAD = 4096;
const SHAPEFILE = /\.(shp|dbf|prj|cpg|shx)$/i;
/** Companions of a Shapefile that say nothing needed here. */
const IDLE = /\.(sbn|sbx|shp\.xml|qix|qpj|qmd|fix|atx|ixs|mxs|lyr|qml|sld)$/i;
const INSIDE = /\.(shp|dbf|prj|cpg|geojson|json|geojsonl|geojsons|ndjson|kml|gpkg|csv|txt)$/i;
const BY_KIND: Partial<Record<Kind, Format>> = { sqlite: 'geopackage', kml: 'kml', json: 'geojson', text: 'csv' };
const EXTENSIONS: Record<Format, RegExp> = {
  geojson: /^(geojson|json|geojsonl|geojsons|ndjson)$/, kml: /^kml$/, shapefile: /^shp$/, geopackage: /^gpkg$/, csv: /^(csv|txt|tsv)$/, xlsx: /^xlsx$/,
};

const extensionOf = (name: string): string => /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
export const stemOf = (name: string): string => name.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '');

export async function sort(files: readonly File[], tell: (progress: Progress) => void): Promise<{ pieces: Piece[]; failures: FileFailure[] }> {
  const pieces: Piece[] = [];
  const failures: FileFailure[] = [];
  const attempt = async (file: string, work: () => Promise<Piece[]>): Promise<void> => {
    try {
      pieces.push(...(await work()));
    } catch (error) {
      failures.push({ file, reason: reasonOf(error) });
    }
  };
  const loose: { file: File; kind: Kind }[] = [];
  for (const file of files) {
    if (IDLE.test(file.name) && files.length > 1) continue;
    await attempt(file.name, async () => {
      const kind = await look(file);
      if (SHAPEFILE.test(file.name) || kind === 'shp' || kind === 'dbf') {
        loose.push({ file, kind });
        return [];
      }
      return kind === 'zip' ? await insideZip(file, tell) : [single(file, kind)];
    });
  }
  for (const group of together(loose.map(({ file, kind }) => ({ name: asPart(file.name, kind), file })))) {
    await attempt(group.members[0]?.file.name ?? group.stem, async () => [await shapefile(group)]);
  }
  return { pieces, failures };
}

/** The first bytes, and whether there is anything to take at all. */
async function look(file: File): Promise<Kind> {
  if (file.size > FILE_BYTES) throw new Refused({ code: 'too-large', bytes: file.size, limit: FILE_BYTES });
  const head = new Uint8Array(await readHead(file));
  if (file.size === 0) throw new Refused({ code: 'empty' });
  const kind = sniff(head);
  if (kind !== 'blank') return kind;
  if (await isBlank(file)) throw new Refused({ code: 'blank' });
  return sniff(new TextEncoder().encode((await file.text()).trimStart().slice(0, HEAD)));
}

/** A folder looks like a file until it is read. */
async function readHead(file: File): Promise<ArrayBuffer> {
  try {
    return await file.slice(0, HEAD).arrayBuffer();
  } catch {
    throw new Refused({ code: 'folder' });
  }
}

async function isBlank(file: File): Promise<boolean> {
  const step = 1 << 20;
  for (let at = 0; at < file.size; at += step) {
    if ((await file.slice(at, at + step).text()).trim() !== '') return false;
  }
  return true;
}

function single(file: File, kind: Kind): Piece {
  const says = extensionOf(file.name);
  const format = formatOf(kind, says);
  return { file: file.name, name: stemOf(file.name), format, says, parts: null, blob: file, bytes: async () => new Uint8Array(await file.arrayBuffer()) };
}

function formatOf(kind: Kind, says: string): Format {
  const format = BY_KIND[kind];
  const promised = Object.values(EXTENSIONS).some((pattern) => pattern.test(says)) || says === 'kmz' || says === 'zip';
  // Text can be anything; what calls itself GeoJSON or KML and is neither is broken, not a table.
  if (format === 'csv' && EXTENSIONS.geojson.test(says)) return 'geojson';
  if (format === 'csv' && (promised || says === '') && !EXTENSIONS.csv.test(says)) throw new Refused({ code: 'pretends', is: kind, says });
  if (format) return format;
  if (promised) throw new Refused({ code: 'pretends', is: kind, says });
  throw new Refused(kind === 'binary' || kind === 'xml' ? { code: 'unknown', says } : { code: 'unsupported', is: kind });
}

/** The piece is not what its name says, though something that can be taken. */
export const misnamed = ({ format, says, parts }: Piece): boolean => parts === null && says !== '' && !EXTENSIONS[format].test(says);

async function insideZip(file: File, tell: (progress: Progress) => void): Promise<Piece[]> {
  const says = extensionOf(file.name);
  const progress = (done: number): void => tell({ stage: 'unpacking', file: file.name, done, total: file.size });
  if (await isWorkbook(file)) {
    return [{ file: file.name, name: stemOf(file.name), format: 'xlsx', says, parts: null, blob: file, bytes: async () => new Uint8Array(await file.arrayBuffer()) }];
  }
  const members = await unzip(file, { wanted: (name) => INSIDE.test(name), progress });
  const groups = together(members.filter(({ name }) => SHAPEFILE.test(name)).map((member) => ({ name: member.name, member })));
  const alone = members.filter(({ name }) => !SHAPEFILE.test(name));
  const pieces: Piece[] = [];
  for (const { stem, members: parts } of groups) {
    const bytes = Object.fromEntries(parts.map(({ name, member }) => [extensionOf(name), member.bytes])) as Parts;
    // A lone table or index beside other layers is no layer.
    if (bytes.shp || (groups.length === 1 && alone.length === 0)) pieces.push(ofParts(file.name, stem, bytes));
  }
  for (const { name, bytes } of alone) {
    const kind = sniff(bytes.subarray(0, HEAD));
    const format = BY_KIND[kind];
    if (!format || (format === 'csv' && extensionOf(name) !== 'csv')) continue;
    // Of a KMZ the name of the archive says more than that of the doc.kml in it.
    const called = says === 'kmz' || /^doc\.kml$/i.test(name) ? stemOf(file.name) : stemOf(name);
    pieces.push({ file: file.name, name: called, format, says: extensionOf(name), parts: null, blob: null, bytes: () => Promise.resolve(bytes) });
  }
  if (pieces.length === 0) throw new Refused({ code: 'zip-nothing' });
  return pieces;
}

/** An office file lists what is in it at its very beginning. */
async function isWorkbook(file: File): Promise<boolean> {
  if (extensionOf(file.name) === 'xlsx') return true;
  const head = new TextDecoder('latin1').decode(await file.slice(0, HEAD).arrayBuffer());
  return head.includes('[Content_Types].xml') && !/\.(kml|shp|gpkg|geojson)/i.test(head);
}

interface Named {
  name: string;
}

function together<T extends Named>(members: readonly T[]): { stem: string; members: T[] }[] {
  const groups = new Map<string, { stem: string; members: T[] }>();
  for (const member of members) {
    const path = member.name.replace(/\.[^.]*$/, '');
    const key = path.toLowerCase();
    const group = groups.get(key) ?? { stem: stemOf(member.name), members: [] };
    group.members.push(member);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** A shape or a table under a wrong name is taken for what it is. */
const asPart = (name: string, kind: Kind): string => (kind === 'shp' || kind === 'dbf' ? (SHAPEFILE.test(name) ? name : `${name}.${kind}`) : name);

async function shapefile({ stem, members }: { stem: string; members: { name: string; file: File }[] }): Promise<Piece> {
  const parts: Parts = {};
  for (const { name, file } of members) parts[extensionOf(name) as keyof Parts] = new Uint8Array(await file.arrayBuffer());
  return ofParts(members.find(({ name }) => extensionOf(name) === 'shp')?.name ?? members[0]?.name ?? stem, stem, parts);
}

const ofParts = (file: string, name: string, parts: Parts): Piece =>
  ({ file, name, format: 'shapefile', says: 'shp', parts, blob: null, bytes: () => Promise.resolve(parts.shp ?? new Uint8Array()) });
