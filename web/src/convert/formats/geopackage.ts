/** GeoPackage: every table of features, each with the reference it states. SQLite runs as WebAssembly that comes with the page. */
import type { Database } from 'sql.js';
import { Refused } from '../failure';
import type { RawFeature, Stated } from '../model';
import { fromWkt } from '../project';
import { fromEpsg, isRefusal } from '../reference';
import { nameIn } from './shapefile';
import { fromGeoPackage } from './wkb';

export interface FeatureTable {
  name: string;
  /** `null` where the table itself cannot be taken; the reason stands beside it. */
  features: RawFeature[];
  stated: Stated;
}

export interface TableFailure {
  name: string;
  failure: Refused;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export async function readGeoPackage(bytes: Uint8Array): Promise<(FeatureTable | TableFailure)[]> {
  const database = await open(bytes);
  try {
    if (!hasTable(database, 'gpkg_contents')) throw new Refused({ code: 'gpkg-other' });
    const tables = hasTable(database, 'gpkg_geometry_columns')
      ? rows(database, `SELECT c.table_name, c.identifier, g.column_name, g.srs_id FROM gpkg_contents c
          JOIN gpkg_geometry_columns g ON g.table_name = c.table_name WHERE c.data_type = 'features' ORDER BY c.rowid`)
      : [];
    if (tables.length === 0) throw new Refused({ code: 'gpkg-empty' });
    return tables.map(([table, identifier, column, srs]) => {
      const name = String(identifier || table);
      try {
        return { name, features: features(database, String(table), String(column)), stated: statedBy(database, Number(srs)) };
      } catch (error) {
        if (error instanceof Refused) return { name, failure: error };
        throw error;
      }
    });
  } catch (error) {
    throw error instanceof Refused || error instanceof RangeError ? error : new Refused({ code: 'gpkg-broken' });
  } finally {
    database.close();
  }
}

async function open(bytes: Uint8Array): Promise<Database> {
  const [{ default: start }, wasm] = await Promise.all([import('sql.js'), wasmFile()]);
  const { Database } = await start({ locateFile: () => wasm });
  return new Database(bytes);
}

/** Node reads it where the package lies, the browser from among the page's own files. */
async function wasmFile(): Promise<string> {
  const { default: address } = await import('sql.js/dist/sql-wasm-browser.wasm?url');
  return typeof process === 'undefined' ? address : `.${address}`;
}

const hasTable = (database: Database, name: string): boolean =>
  rows(database, `SELECT 1 FROM sqlite_master WHERE name = '${name}'`).length > 0;

const rows = (database: Database, query: string): unknown[][] => database.exec(query)[0]?.values ?? [];

function features(database: Database, table: string, geometryColumn: string): RawFeature[] {
  const key = rows(database, `PRAGMA table_info(${quoted(table)})`).find((column) => column[5] === 1)?.[1];
  const statement = database.prepare(`SELECT * FROM ${quoted(table)}`);
  const columns = statement.getColumnNames();
  const found: RawFeature[] = [];
  while (statement.step()) {
    const values = statement.get();
    const properties: Record<string, unknown> = {};
    let geometry: unknown = null;
    let id: string | number | null = null;
    columns.forEach((column, i) => {
      const value = values[i];
      if (column === geometryColumn) geometry = value;
      else if (column === key && (typeof value === 'number' || typeof value === 'string')) id = value;
      else if (!(value instanceof Uint8Array)) properties[column] = value;
    });
    found.push(geometry instanceof Uint8Array ? { id, properties, ...fromGeoPackage(geometry) } : { id, properties, geometry: null });
  }
  statement.free();
  return found;
}

function statedBy(database: Database, srs: number): Stated {
  // −1 and 0 mean, by the standard, that nobody has said it.
  if (srs === -1 || srs === 0) return { kind: 'unknown', why: 'not-stated' };
  const [row] = rows(database, `SELECT organization, organization_coordsys_id, definition, srs_name FROM gpkg_spatial_ref_sys WHERE srs_id = ${srs}`);
  const [organization, code, definition, title] = row ?? [];
  const coded = /^epsg$/i.test(String(organization)) ? fromEpsg(Number(code)) : 'unknown-code';
  const found = coded === 'unknown-code' ? fromWkt(String(definition ?? '')) : coded;
  if (isRefusal(found)) throw new Refused({ code: 'reference-refused', name: String(title || nameIn(String(definition))), because: found });
  return found ? { kind: 'known', reference: found, how: 'table' } : { kind: 'unknown', why: 'unreadable' };
}
