/** All places of a layer as a list: the way to any of them without the map, located or not. */
import { useEffect, useState } from 'preact/hooks';
import { api, type ApiError, type Layer, type PlaceListItem } from '../../api/client';
import { useAtlas } from '../context';
import { asApiError } from '../load';
import { Failure, Loading, PlaceLink } from '../parts';

const PAGE = 100;

export function LayerPlaces({ layer }: { layer: Layer }) {
  const { words } = useAtlas();
  const [places, setPlaces] = useState<readonly PlaceListItem[]>([]);
  const [total, setTotal] = useState<number | null>(null);
  const [error, setError] = useState<ApiError | null>(null);

  const load = (offset: number): void => {
    setError(null);
    api.layerPlaces(layer.id, offset, PAGE).then(
      (page) => {
        setPlaces((before) => [...before.slice(0, offset), ...page.items]);
        setTotal(page.total);
      },
      (reason: unknown) => setError(asApiError(reason)),
    );
  };
  useEffect(() => load(0), [layer.id]);

  const left = total === null ? 0 : total - places.length;
  return (
    <div class="layer-places">
      {error ? <Failure error={error} retry={() => load(places.length)} /> : total === null && <Loading />}
      <ul class="place-list">
        {places.map((place) => <li key={place.id}><PlaceLink place={place} /></li>)}
      </ul>
      {left > 0 && !error && <button type="button" class="button quiet" onClick={() => load(places.length)}>{words.more(Math.min(left, PAGE))}</button>}
    </div>
  );
}
