/** Townships side by side: chosen here by name, each a column of one table. */
import { useMemo, useState } from 'preact/hooks';
import { api, ApiError, type Atlas } from '../../../api/client';
import { MOST_COLUMNS, withColumn } from '../../../state/columns';
import { compareRows, COUNTY_TOWN, MEDICAL_CENTRE, type Compared } from '../../../state/columns-rows';
import { useAtlas, useText } from '../../context';
import { PlacePicker } from '../../drawer/ask/PlacePicker';
import { useLoaded } from '../../load';
import { Failure, Loading } from '../../parts';
import { compareText } from '../../text/compare';
import { ColumnsTable } from './ColumnsTable';
import { download } from './download';

/** As far as the server measures; wide enough for any county. */
const REACH = 200_000;

export function Columns() {
  const { atlas, store, language, words: common } = useAtlas();
  const words = useText(compareText);
  const ids = store.columns.value;
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const loaded = useLoaded(ids.join(), () => Promise.all(ids.map((id) => once(id, atlas))));
  const columns = loaded.status === 'here' ? loaded.value : null;
  const rows = useMemo(
    () => (columns ? compareRows(columns, atlas, language, { ...common, ...words }) : []),
    [columns, atlas, language],
  );
  const several = ids.length > 1;
  const shown = onlyDifferent && several ? rows.filter(({ differs }) => differs) : rows;
  return (
    <div class="columns">
      <div class="columns-bar">
        {ids.length < MOST_COLUMNS
          ? <PlacePicker label={words.addTownship} fits={({ id, kind }) => kind?.id === 'township' && !ids.includes(id)} choose={({ id }) => (store.columns.value = withColumn(store.columns.value, id))} />
          : <p class="aside">{words.columnsFull}</p>}
        {several && (
          <label class="columns-check">
            <input type="checkbox" checked={onlyDifferent} onChange={(event) => setOnlyDifferent(event.currentTarget.checked)} />
            {words.onlyDifferent}
          </label>
        )}
        {columns && ids.length > 0 && <button type="button" class="button quiet" onClick={() => download(columns, rows, words, atlas, language)}>{words.download}</button>}
      </div>
      {ids.length === 0 && <div class="notice"><p class="notice-title">{words.columnsEmpty}</p><p>{words.columnsEmptyHint}</p></div>}
      {ids.length === 1 && <p class="columns-hint">{words.columnsOne}</p>}
      {loaded.status === 'loading' && ids.length > 0 && <Loading />}
      {loaded.status === 'failed' && <Failed error={loaded.error} retry={loaded.retry} />}
      {columns && ids.length > 0 && <ColumnsTable columns={columns} rows={shown} several={several} />}
      {shown.length === 0 && rows.length > 0 && <p class="columns-hint">{words.noDifference}</p>}
    </div>
  );
}

/** A link may name a place that is no more; taking it out again is one press. */
function Failed({ error, retry }: { error: ApiError; retry: () => void }) {
  const { store } = useAtlas();
  const words = useText(compareText);
  const missing = error instanceof Missing ? error.id : null;
  return (
    <>
      <Failure error={error} retry={retry} {...(missing && { id: missing })} />
      {missing && <button type="button" class="button" onClick={() => (store.columns.value = store.columns.value.filter((id) => id !== missing))}>{words.remove(missing)}</button>}
    </>
  );
}

class Missing extends ApiError {
  constructor(readonly id: string, { status, message, detail }: ApiError) {
    super(status, message, detail);
  }
}

const known = new Map<string, Promise<Compared>>();

/** A township that has been compared once is not asked for again when the next one joins it. */
function once(id: string, atlas: Atlas): Promise<Compared> {
  const before = known.get(id);
  if (before) return before;
  const asked = compared(id, atlas);
  known.set(id, asked);
  asked.catch(() => known.delete(id));
  return asked;
}

async function compared(id: string, atlas: Atlas): Promise<Compared> {
  const dossier = await api.place(id).catch((error: unknown) => {
    throw error instanceof ApiError ? new Missing(id, error) : error;
  });
  const from = dossier.place.seat ?? dossier.place.point;
  const kinds = [COUNTY_TOWN, MEDICAL_CENTRE].filter((kind) => atlas.vocabulary.kinds.some((one) => one.id === kind));
  if (!from || kinds.length === 0) return { dossier, near: [] };
  const { items } = await api.near(
    { lon: String(from[0]), lat: String(from[1]), radius: String(REACH), kinds: kinds.join(), limit: '50' }, new AbortController().signal,
  );
  return { dossier, near: items };
}
