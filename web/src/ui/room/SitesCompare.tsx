/** Two to four sites side by side, row by row, as a sheet to be read across a room. */
import { useRef } from 'preact/hooks';
import { api, type ApiError } from '../../api/client';
import type { SitesCompared } from '../../api/sites';
import { named } from '../../state/language';
import { FEWEST_COMPARED, isComparable } from '../../state/room';
import { useAtlas, useText } from '../context';
import { useLoaded } from '../load';
import { Failure, Loading } from '../parts';
import { ReportButton, ReportState } from '../reports/ReportMenu';
import { roomText } from '../text/room';
import { ComparisonTable } from './ComparisonTable';
import { RadiusChoice } from './Surroundings';
import { useOnMap } from './useOnMap';
import { useSites } from './useSites';

const REPORT = 'comparison';

export function SitesCompare() {
  const { store } = useAtlas();
  const { compared } = store.room;
  return isComparable(compared.value) ? <Compared places={compared.value} /> : <TooFew n={compared.value.length} />;
}

function Compared({ places }: { places: readonly string[] }) {
  const { store, language } = useAtlas();
  const words = useText(roomText);
  const { radius, onlyDifferent } = store.room;
  const loaded = useLoaded(`${places.join()} ${radius.value}`, () => api.sitesCompared(places, radius.value));
  // Another radius changes a few cells; the table stays meanwhile.
  const last = useRef<SitesCompared | null>(null);
  if (loaded.status === 'here') last.current = loaded.value;
  const kept = last.current;
  const table = kept && kept.sites.map(({ place }) => place.id).join() === places.join() ? kept : null;
  useOnMap(store.selection.value.kind === 'site' ? null : places);
  const report = () => ({ kind: 'comparison' as const, places, radius: radius.peek() });
  const name = [words.compared, ...(table?.sites.map(({ place }) => named(language, place).text) ?? [])].join('-');
  return (
    <div class="sites-compare" aria-busy={loaded.status === 'loading'}>
      <div class="sites-bar">
        <RadiusChoice title={words.aroundWithin} />
        <label class="columns-check">
          <input type="checkbox" checked={onlyDifferent.value} onChange={(event) => (onlyDifferent.value = event.currentTarget.checked)} />
          {words.onlyDifferent}
        </label>
        <p class="sites-files">
          <ReportButton of={REPORT} format="xlsx" name={name} report={report} disabled={!table || loaded.status === 'failed'} />
          <ReportButton of={REPORT} format="pdf" name={name} report={report} disabled={!table || loaded.status === 'failed'} />
        </p>
        <ReportState of={REPORT} />
      </div>
      {loaded.status === 'failed' && <Failed places={places} error={loaded.error} retry={loaded.retry} />}
      {!table && loaded.status === 'loading' && <Loading />}
      {table && loaded.status !== 'failed' && <ComparisonTable comparison={table} onlyDifferent={onlyDifferent.value} />}
    </div>
  );
}

/** A link may name a site that is no more; the others can still be compared. */
function Failed({ places, error, retry }: { places: readonly string[]; error: ApiError; retry: () => void }) {
  const { store } = useAtlas();
  const words = useText(roomText);
  const sites = useSites();
  const missing = sites.status === 'here' ? places.filter((id) => !sites.value.at.has(id)) : [];
  if (missing.length === 0) return <Failure error={error} retry={retry} id={places.join(', ')} />;
  return (
    <div class="notice" role="alert">
      <p class="notice-title">{words.gone}</p>
      <p>{missing.join(', ')}</p>
      <button type="button" class="button" onClick={() => (store.room.compared.value = places.filter((id) => !missing.includes(id)))}>{words.compareOthers}</button>
    </div>
  );
}

function TooFew({ n }: { n: number }) {
  const { store } = useAtlas();
  const words = useText(roomText);
  const openList = (): void => {
    store.dockLarge.value = false;
    store.closeDock();
    store.layersOpen.value = true;
    store.drawer.value = 'sites';
    requestAnimationFrame(() => document.getElementById('tab-sites')?.focus());
  };
  return (
    <div class="sites-compare">
      <div class="notice">
        <p class="notice-title">{n === 0 ? words.empty : `${words.one} ${words.tickMore(FEWEST_COMPARED - n)}`}</p>
        <p>{words.emptyHint}</p>
        <button type="button" class="button" onClick={openList}>{words.openList}</button>
      </div>
    </div>
  );
}
