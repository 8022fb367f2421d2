/** How the map moves when a panel asks it to. It never moves by itself, and never under a panel. */
import { LngLatBounds, type Map as MapLibre } from 'maplibre-gl';
import type { LonLat } from '../api/types';
import type { Command } from '../state/store';

/** Pixels on each side that panels cover. */
export interface Covered {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

interface Manner {
  padding: Covered;
  animate: boolean;
}

export function obey(map: MapLibre, command: Command, { padding, animate }: Manner): void {
  const bearing = map.getBearing();
  switch (command.type) {
    case 'view': {
      const { lon, lat, zoom, bearing: turned } = command.view;
      map.jumpTo({ center: [lon, lat], zoom, bearing: turned });
      return;
    }
    case 'fit':
      map.fitBounds(command.bounds, { padding, maxZoom: command.maxZoom, animate, bearing });
      return;
    case 'reveal':
      if (command.points.every((point) => inSight(map, point, padding))) return;
      map.fitBounds(around(command.points), { padding, maxZoom: Math.min(map.getZoom(), 12), animate, bearing });
      return;
    case 'zoom':
      map.zoomTo(map.getZoom() + command.by, { animate });
      return;
    case 'north':
      map.rotateTo(0, { animate });
  }
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
