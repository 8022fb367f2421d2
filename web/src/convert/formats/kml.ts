/**
 * KML: placemarks with their data and the folders they lie in. Coordinates are longitude, latitude on
 * WGS 84 by definition of the format. Styles, overlays and links to other files are left behind.
 *
 * Own code, because the library at hand closes open rings and drops bad coordinates in silence; here
 * both are to be reported.
 */
import { Refused } from '../failure';
import type { Decoded, Encoding, Fault, Notice, RawFeature } from '../model';
import { child, decodeXml, eachElement, textOf, type Element } from './xml';

export interface Kml {
  features: RawFeature[];
  decoded: Decoded;
  notices: Notice[];
}

export function readKml(bytes: Uint8Array, chosen: Encoding | null): Kml {
  const { text, ...decoded } = decodeXml(bytes, chosen);
  const features: RawFeature[] = [];
  let links = 0;
  eachElement(text, ['Placemark', 'NetworkLink'], {
    whole: (element, path) => {
      if (element.name === 'NetworkLink') links += 1;
      else features.push(featureOf(element, path));
    },
  });
  if (features.length === 0) throw new Refused({ code: 'kml-empty', links });
  return { features, decoded, notices: links ? [{ code: 'network-links', count: links }] : [] };
}

function featureOf(placemark: Element, path: readonly Element[]): RawFeature {
  const folder = path.filter(({ name }) => name === 'Folder').map(({ text }) => text.trim()).filter(Boolean).join(' / ');
  const properties = {
    ...named('name', textOf(child(placemark, 'name'))),
    ...named('folder', folder),
    ...named('description', textOf(child(placemark, 'description'))),
    ...named('time', textOf(child(child(placemark, 'TimeStamp') ?? placemark, 'when'))),
    ...dataOf(placemark),
  };
  const id = placemark.attributes['id'] ?? null;
  try {
    const shapes = placemark.children.flatMap(geometries);
    const z = shapes.some(({ height }) => height);
    const plain = shapes.map(({ geometry }) => geometry);
    const [only] = plain;
    const geometry: GeoJSON.Geometry | null = !only ? null : plain.length === 1 ? only : { type: 'GeometryCollection', geometries: plain };
    return { id, properties, geometry, z };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { id, properties, geometry: null, fault: error.fault, detail: error.word };
  }
}

const named = (key: string, value: string): Record<string, string> => (value ? { [key]: value } : {});

function dataOf(placemark: Element): Record<string, string> {
  const extended = child(placemark, 'ExtendedData');
  if (!extended) return {};
  const simple = extended.children.filter(({ name }) => name === 'SchemaData').flatMap((schema) => schema.children);
  const data = extended.children.filter(({ name }) => name === 'Data');
  return Object.fromEntries([
    ...data.map((one) => [one.attributes['name'] ?? '', textOf(child(one, 'value'))]),
    ...simple.map((one) => [one.attributes['name'] ?? '', textOf(one)]),
  ].filter(([key]) => key));
}

class Unreadable extends Error {
  constructor(readonly fault: Fault, readonly word: string) {
    super(fault);
  }
}

interface Shape {
  geometry: GeoJSON.Geometry;
  height: boolean;
}

function geometries(element: Element): Shape[] {
  switch (element.name) {
    case 'Point': {
      const line = positions(textOf(child(element, 'coordinates')));
      const [point] = line;
      return point ? [{ geometry: { type: 'Point', coordinates: point }, height: hasHeight(line) }] : [];
    }
    case 'LineString':
    case 'LinearRing': {
      const line = positions(textOf(child(element, 'coordinates')));
      return line.length ? [{ geometry: { type: 'LineString', coordinates: line }, height: hasHeight(line) }] : [];
    }
    case 'Polygon': {
      const boundaries = ['outerBoundaryIs', 'innerBoundaryIs']
        .flatMap((side) => element.children.filter(({ name }) => name === side))
        .flatMap((boundary) => boundary.children.filter(({ name }) => name === 'LinearRing'));
      const rings = boundaries.map((ring) => positions(textOf(child(ring, 'coordinates')))).filter((ring) => ring.length);
      return rings.length ? [{ geometry: { type: 'Polygon', coordinates: rings }, height: rings.some(hasHeight) }] : [];
    }
    case 'Track': {
      const line = element.children.filter(({ name }) => name === 'coord').flatMap((coord) => positions(textOf(coord).split(/\s+/).join(',')));
      return line.length ? [{ geometry: { type: 'LineString', coordinates: line }, height: hasHeight(line) }] : [];
    }
    case 'MultiGeometry':
    case 'MultiTrack':
      return element.children.flatMap(geometries);
    default:
      return [];
  }
}

/** Height 0 is what programs write where nobody gave any. */
const hasHeight = (line: readonly GeoJSON.Position[]): boolean => line.some(([, , height]) => Boolean(height));

/** "lon,lat[,height]" apart by white space; some programs put blanks after the commas as well. */
function positions(text: string): GeoJSON.Position[] {
  return text.replace(/\s*,\s*/g, ',').split(/\s+/).filter(Boolean).map((word) => {
    const numbers = word.split(',').filter((part) => part !== '').map(Number);
    if (numbers.length < 2) throw new Unreadable('unreadable', word);
    if (!numbers.slice(0, 2).every(Number.isFinite)) throw new Unreadable('not-finite', word);
    return numbers;
  });
}
