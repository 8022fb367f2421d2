/** Writes a GeoJSON document piece by piece, so that no string of its whole length ever exists. */
const PAGE = 1 << 20;
const SEPARATOR = ',\n';

export class Writer {
  private readonly encoder = new TextEncoder();
  private readonly pages: Uint8Array[] = [];
  private page = new Uint8Array(PAGE);
  private used = 0;
  private written = 0;
  private readonly starts: number[] = [];

  constructor() {
    this.put('{"type":"FeatureCollection","features":[\n');
  }

  write(feature: object): void {
    if (this.starts.length > 0) this.put(SEPARATOR);
    this.starts.push(this.written);
    this.put(JSON.stringify(feature));
  }

  /** Where each feature begins, and at last where the final one ends. */
  finish(): { data: Blob; offsets: Float64Array } {
    const offsets = Float64Array.from([...this.starts, this.written + SEPARATOR.length]);
    this.put('\n]}\n');
    this.turn();
    return { data: new Blob(this.pages as BlobPart[], { type: 'application/geo+json' }), offsets };
  }

  private put(text: string): void {
    // A UTF-16 unit is at most three bytes.
    if (this.used + text.length * 3 > this.page.length) this.turn(text.length * 3);
    const { written } = this.encoder.encodeInto(text, this.page.subarray(this.used));
    this.used += written;
    this.written += written;
  }

  private turn(atLeast = 0): void {
    if (this.used > 0) this.pages.push(this.page.subarray(0, this.used));
    this.page = new Uint8Array(Math.max(PAGE, atLeast));
    this.used = 0;
  }
}

/** The bytes of the features from `first` up to but not including `after`, as a JSON array. */
export async function slice(data: Blob, offsets: Float64Array, first: number, after: number): Promise<GeoJSON.Feature[]> {
  const from = offsets[first];
  const to = offsets[Math.min(after, offsets.length - 1)];
  if (from === undefined || to === undefined || to <= from) return [];
  return JSON.parse(`[${await data.slice(from, to - SEPARATOR.length).text()}]`) as GeoJSON.Feature[];
}
