/** What the plans have in an own area, or around an own point or line. Only now does its shape leave the browser. */
import { useEffect, useState } from 'preact/hooks';
import { api, type ApiError } from '../../../api/client';
import type { Within } from '../../../api/answers';
import type { LonLat } from '../../../api/types';
import { formatDistance } from '../../../state/format';
import { circleReach, corridorReach, NO_REACH, type Reach } from '../../../state/reach';
import { useAtlas, useText } from '../../context';
import { asApiError } from '../../load';
import { Failure } from '../../parts';
import { mineText } from '../../text/mine';
import { DistanceField } from '../ask/DistanceField';
import { WithinAnswer } from '../ask/WithinAnswer';

type Asking =
  | { status: 'open' }
  | { status: 'asking' }
  | { status: 'failed'; error: ApiError }
  | { status: 'here'; within: Within; metres: number | null };

const FIRST = 1_000;
const isArea = ({ type }: GeoJSON.Geometry): boolean => type.endsWith('Polygon');

export function FeatureAsk({ geometry, name }: { geometry: GeoJSON.Geometry; name: string }) {
  const { store, language } = useAtlas();
  const words = useText(mineText);
  const [metres, setMetres] = useState(isArea(geometry) ? 0 : FIRST);
  const [asking, setAsking] = useState<Asking>({ status: 'open' });
  const [abort, setAbort] = useState<AbortController | null>(null);

  useEffect(() => () => abort?.abort(), [abort]);
  const within = asking.status === 'here' ? asking.within : null;
  useEffect(() => {
    if (!within) return undefined;
    const found = new Set(within.places.map(({ id }) => id));
    store.found.value = found;
    store.ask.reach.value = reachOf(geometry, metres);
    return () => {
      // A table may have found something of its own meanwhile.
      if (store.found.peek() === found) store.found.value = null;
      store.ask.reach.value = NO_REACH;
    };
  }, [within]);

  const ask = (): void => {
    const controller = new AbortController();
    setAbort(controller);
    setAsking({ status: 'asking' });
    api.within(geometry, metres, controller.signal).then(
      (answer) => setAsking({ status: 'here', within: answer, metres: metres || null }),
      (error: unknown) => controller.signal.aborted || setAsking({ status: 'failed', error: asApiError(error) }),
    );
  };
  return (
    <div class="mine-ask">
      {!isArea(geometry) && <DistanceField label={words.within} metres={metres} change={setMetres} />}
      <p><button type="button" class="button" disabled={asking.status === 'asking'} onClick={ask}>{asking.status === 'here' ? words.askAgain : words.ask}</button></p>
      <p role="status" class="mine-said">{asking.status === 'asking' ? words.askingServer : asking.status === 'here' ? words.found(asking.within.total) : ''}</p>
      {asking.status === 'failed' && <Failed error={asking.error} retry={ask} />}
      {asking.status === 'here' && (
        <>
          <h4>{words.asked(name, asking.metres === null ? null : formatDistance(asking.metres, language))}</h4>
          {asking.within.total === 0 && <p>{words.noneFound}</p>}
          {/* An area of one's own is asked like any other; of the question only what concerns exactness counts here. */}
          <WithinAnswer
            answered={{ question: { kind: 'around', from: { point: [0, 0] }, metres: asking.metres ?? 0 }, place: null, from: 'outline', result: { kind: 'within', within: asking.within, metres: asking.metres }, reach: NO_REACH }}
            result={{ kind: 'within', within: asking.within, metres: asking.metres }}
          />
        </>
      )}
    </div>
  );
}

function Failed({ error, retry }: { error: ApiError; retry: () => void }) {
  const words = useText(mineText);
  if (error.status !== 413 && error.status !== 422) return <Failure error={error} retry={retry} />;
  return <div class="notice" role="alert"><p>{words.tooDetailed}</p>{error.detail && <p class="aside" lang="en">{error.detail}</p>}</div>;
}

function reachOf(geometry: GeoJSON.Geometry, metres: number): Reach {
  if (metres === 0) return NO_REACH;
  if (geometry.type === 'Point') return circleReach(geometry.coordinates as LonLat, metres);
  return geometry.type === 'LineString' ? corridorReach(geometry.coordinates as LonLat[], metres) : NO_REACH;
}
