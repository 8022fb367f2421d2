/** Well-known text, as a column of a table may hold it. `null` for what is none. */
const TYPES: Readonly<Record<string, GeoJSON.Geometry['type']>> = {
  POINT: 'Point', LINESTRING: 'LineString', POLYGON: 'Polygon', MULTIPOINT: 'MultiPoint',
  MULTILINESTRING: 'MultiLineString', MULTIPOLYGON: 'MultiPolygon', GEOMETRYCOLLECTION: 'GeometryCollection',
};

export const looksWkt = (text: string): boolean => /^\s*(SRID=\d+;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON)\b|^\s*GEOMETRYCOLLECTION\b/i.test(text);

export function readWkt(text: string): { geometry: GeoJSON.Geometry; z: boolean } | null {
  const reader = new Reader(text.replace(/^\s*SRID=\d+;/i, ''));
  try {
    const geometry = reader.geometry();
    return reader.finished ? { geometry, z: reader.z } : null;
  } catch (error) {
    if (error instanceof Broken) return null;
    throw error;
  }
}

class Broken extends Error {}
type Nested = GeoJSON.Position | Nested[];

class Reader {
  z = false;
  private readonly tokens: string[];
  private at = 0;

  constructor(text: string) {
    this.tokens = text.match(/[(),]|[^\s(),]+/g) ?? [];
  }

  get finished(): boolean {
    return this.at >= this.tokens.length;
  }

  geometry(): GeoJSON.Geometry {
    const [, word = '', dimensions = ''] = /^([A-Z]+?)(Z|M|ZM)?$/i.exec(this.take().toUpperCase()) ?? [];
    const type = TYPES[word];
    if (!type) throw new Broken();
    const flag = /^(Z|M|ZM)$/i.test(this.peek()) ? this.take().toUpperCase() : dimensions;
    this.z ||= flag.includes('Z');
    if (this.peek().toUpperCase() === 'EMPTY') throw new Broken();
    if (type === 'GeometryCollection') return { type, geometries: this.list(() => this.geometry()) };
    const body = this.body(type);
    return { type, coordinates: type === 'Point' ? (body as Nested[])[0] : body } as GeoJSON.Geometry;
  }

  private body(type: string): Nested[] {
    switch (type) {
      case 'MultiPoint':
        // Both (1 2, 3 4) and ((1 2), (3 4)) are written.
        return this.list(() => (this.peek() === '(' ? (this.list(() => this.position())[0] ?? this.fail()) : this.position()));
      case 'Polygon':
      case 'MultiLineString':
        return this.list(() => this.list(() => this.position()));
      case 'MultiPolygon':
        return this.list(() => this.list(() => this.list(() => this.position())));
      default:
        return this.list(() => this.position());
    }
  }

  private list<T>(item: () => T): T[] {
    if (this.take() !== '(') this.fail();
    const items = [item()];
    while (this.peek() === ',') {
      this.take();
      items.push(item());
    }
    if (this.take() !== ')') this.fail();
    return items;
  }

  private position(): GeoJSON.Position {
    const numbers: number[] = [];
    while (!this.finished && !'(),'.includes(this.peek())) numbers.push(Number(this.take()));
    if (numbers.length < 2 || !numbers.slice(0, 2).every(Number.isFinite)) this.fail();
    if (numbers.length === 3) this.z = true;
    return numbers.slice(0, 2);
  }

  private peek(): string {
    return this.tokens[this.at] ?? '';
  }

  private take(): string {
    this.at += 1;
    return this.tokens[this.at - 1] ?? '';
  }

  private fail(): never {
    throw new Broken();
  }
}
