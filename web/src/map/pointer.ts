/**
 * The pointer on the map: names what it is over, selects what it clicks, and offers the rest of what
 * lies there. A numbered stack selects nothing by itself: it only offers its members.
 */
import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl';
import type { LonLat, PlaceListItem } from '../api/types';
import type { MapPlace, Store } from '../state/store';
import { clickOwn, ownUnder } from './own-pointer';
import { pickAt } from './picking';

export type LocatedPlace = PlaceListItem & { point: LonLat };

/** Stands as a symbol somewhere. What is schematic is a drawn line or area, whose `point` is only for its name. */
export const isLocated = (place: PlaceListItem): place is LocatedPlace => place.point !== null && place.accuracy !== 'schematic';

/** A mouse points to the pixel, a finger does not. */
const HOVER_REACH = 3;

export function followPointer(map: MapLibre, store: Store, standing: () => readonly LocatedPlace[]): void {
  const members = (ids: readonly string[]): MapPlace[] => {
    const known = new Map(standing().map((place) => [place.id, place]));
    return ids.flatMap((id) => {
      const place = known.get(id);
      return place ? [asMapPlace(place)] : [];
    });
  };

  map.on('mousemove', ({ point }: MapMouseEvent) => {
    // What slides by under a hand that pulls the map is not pointed at.
    if (store.ask.atWork.value || map.isMoving()) return void (store.hover.value = null);
    const { places, stack } = pickAt(map, point, HOVER_REACH);
    const under = stack ? members(stack) : places.slice(0, 1);
    map.getCanvas().style.cursor = under.length || ownUnder(map, store, point).length ? 'pointer' : '';
    store.hover.value = under.length ? { x: point.x, y: point.y, places: under } : null;
  });
  map.on('mouseout', () => (store.hover.value = null));
  map.on('movestart', ({ originalEvent }) => {
    store.hover.value = null;
    // The map may slide by itself to uncover what was clicked; the offer stays meanwhile.
    if (originalEvent) store.chooser.value = null;
    store.room.spot.value = null;
  });
  map.on('click', ({ point, lngLat }: MapMouseEvent) => {
    // The pointer draws, or points something out to others.
    if (store.ask.atWork.value || store.presenting.at.value) return;
    const { places, stack, onSymbol, onlySymbol } = pickAt(map, point);
    if (clickOwn(map, store, point, { places, onSymbol: onSymbol || stack !== null })) return;
    const offered = stack ? members(stack) : places;
    const top = offered[0];
    store.hover.value = null;
    if (!top) store.select({ type: 'clear' });
    else if (!stack) store.pick(top.id, [lngLat.lng, lngLat.lat]);
    store.chooser.value = offered.length > 1 && (stack || !onlySymbol) ? { x: point.x, y: point.y, places: offered } : null;
  });
  map.on('contextmenu', ({ point, lngLat }: MapMouseEvent) => {
    if (store.ask.atWork.value || store.presenting.at.value) return;
    store.hover.value = null;
    store.chooser.value = null;
    store.room.spot.value = { x: point.x, y: point.y, point: [lngLat.lng, lngLat.lat] };
  });
}

function asMapPlace(place: LocatedPlace): MapPlace {
  const { id, name, name_en, kind, accuracy, layers } = place;
  return { id, name, name_en, kind: kind.id, accuracy, layer: layers[0] ?? '' };
}
