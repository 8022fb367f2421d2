/** How the map moves when a panel asks it to. It never moves by itself, and never under a panel. */
import { LngLatBounds, type Map as MapLibre } from 'maplibre-gl';
import type { Bounds, LonLat } from '../api/types';
import type { Command } from '../state/store';
import type { Fly } from './flight';

const STEEPEST = 60;

/** Pixels on each side that panels cover. */
export interface Covered {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

interface Manner {
  padding: Covered;
  /** What the cartouche covers in the lower left corner, counted from the edges of the map. */
  corner: { left: number; bottom: number };
  animate: boolean;
  /** Shows the way to where a command leads. */
  fly: Fly;
}

export function obey(map: MapLibre, command: Command, { padding, corner, animate, fly }: Manner): void {
  const bearing = map.getBearing();
  switch (command.type) {
    case 'view': {
      const { lon, lat, zoom, bearing: turned } = command.view;
      const pitch = command.pitch ?? 0;
      // Nobody can tilt the map by hand; a stop of a tour may.
      map.setMaxPitch(pitch > 0 ? STEEPEST : 0);
      fly({ center: [lon, lat], zoom, bearing: turned, pitch }, command.fly === true && animate);
      return;
    }
    case 'fit':
      map.fitBounds(command.bounds, { padding: clearOf(corner, map, command.bounds, padding), maxZoom: command.maxZoom, animate, bearing });
      return;
    case 'reveal':
      if (command.points.every((point) => inSight(map, point, padding))) return;
      if (command.points.length === 1 && command.points[0] && inSight(map, command.points[0], BARE)) {
        map.panBy(shortestWay(map, command.points[0], padding), { animate });
        return;
      }
      map.fitBounds(around(command.points), { padding, maxZoom: Math.min(map.getZoom(), 12), animate, bearing });
      return;
    case 'zoom':
      map.zoomTo(map.getZoom() + command.by, { animate });
      return;
    case 'north':
      map.rotateTo(0, { animate });
  }
}

const BARE: Covered = { top: 0, right: 0, bottom: 0, left: 0 };
/** Room around a spot that has been uncovered, beyond the margin of the panels. */
const AIR = 12;

/** How far the map must be pushed so that nothing covers the spot any more, and no further. */
function shortestWay(map: MapLibre, point: LonLat, { top, right, bottom, left }: Covered): [number, number] {
  const { x, y } = map.project(point);
  const { clientWidth, clientHeight } = map.getContainer();
  const beyond = (at: number, from: number, to: number): number => (at < from ? at - from : at > to ? at - to : 0);
  return [beyond(x, left + AIR, clientWidth - right - AIR), beyond(y, top + AIR, clientHeight - bottom - AIR)];
}

/** The padding that keeps bounds clear of the cartouche too: beside it or above it, whichever shows them larger. */
export function clearOf(corner: Manner['corner'], map: MapLibre, bounds: Bounds, padding: Covered): Covered {
  const ways: Covered[] = [
    { ...padding, left: Math.max(padding.left, corner.left) },
    { ...padding, bottom: Math.max(padding.bottom, corner.bottom) },
  ];
  const zoom = (way: Covered): number => map.cameraForBounds(bounds, { padding: way })?.zoom ?? 0;
  return ways.reduce((best, way) => (zoom(way) > zoom(best) ? way : best));
}

function inSight(map: MapLibre, point: LonLat, { top, right, bottom, left }: Covered): boolean {
  const { x, y } = map.project(point);
  const { clientWidth, clientHeight } = map.getContainer();
  return x > left && x < clientWidth - right && y > top && y < clientHeight - bottom;
}

function around(points: readonly LonLat[]): LngLatBounds {
  const bounds = new LngLatBounds();
  for (const point of points) bounds.extend(point);
  return bounds;
}
