/** Which part of the layers: everything, the view, a township, a drawing, or what has been found. */
import { api } from '../../api/client';
import { formatArea } from '../../state/format';
import { PARTS, type PartKind } from '../../state/export-request';
import { named } from '../../state/language';
import { measure } from '../../state/shapes';
import { useAtlas, useText } from '../context';
import { PlacePicker, type PlaceFound } from '../drawer/ask/PlacePicker';
import { useLoaded } from '../load';
import { W } from '../parts';
import { askText } from '../text/ask';
import { exportText } from '../text/export';
import { Radio, Wrong } from './parts';
import type { Refusal } from './refusal';
import type { Chosen } from './useChosen';

const HOLDERS: readonly string[] = ['township', 'county'];
const holds = ({ kind }: PlaceFound): boolean => HOLDERS.includes(kind?.id ?? '');

export function PartChoice({ chosen, wrong }: { chosen: Chosen; wrong: Refusal | null }) {
  const { store } = useAtlas();
  const words = useText(exportText);
  const { part, parts, drawings } = chosen;
  const { found, view } = parts;
  const missing = (one: PartKind): string | undefined =>
    one === 'drawn' && drawings.length === 0 ? words.partMissing.drawn
    : one === 'found' && !found ? words.partMissing.found
    : one === 'view' && !view ? words.partMissing.view : undefined;
  return (
    <fieldset class="export-field">
      <legend>{words.part}</legend>
      <div class="export-parts">
        {PARTS.map((one) => {
          const why = missing(one);
          // What has been chosen stays so even if it is gone by now; then it says what to do.
          return (
            <Radio key={one} name="export-part" checked={part === one} disabled={why !== undefined && part !== one} choose={() => (store.exporting.part.value = one)} hint={why}>
              {one === 'found' && found ? words.foundPlaces(found.size) : words.parts[one]}
            </Radio>
          );
        })}
      </div>
      {words.partHints[part] && <p class="aside">{words.partHints[part]}</p>}
      {part === 'township' && <Township />}
      {part === 'drawn' && drawings.length > 1 && <DrawingChoice chosen={chosen} />}
      <Wrong refusal={wrong} />
    </fieldset>
  );
}

function Township() {
  const { store } = useAtlas();
  const words = useText(exportText);
  const { township } = store.exporting;
  const choose = (id: string | null): void => void (township.value = id);
  const selection = store.selection.value;
  const selected = selection.kind === 'place' && selection.id !== township.value ? selection.id : null;
  return (
    <div class="export-township">
      {township.value && <Chip id={township.value} drop={() => choose(null)} />}
      {!township.value && <PlacePicker label={words.which} fits={holds} choose={({ id }) => choose(id)} />}
      {selected && !township.value && <Selected id={selected} choose={choose} />}
    </div>
  );
}

function Chip({ id, drop }: { id: string; drop: () => void }) {
  const { language } = useAtlas();
  const words = useText(exportText);
  const loaded = useLoaded(id, () => api.place(id));
  const name = loaded.status === 'here' ? named(language, loaded.value.place) : { text: id, lang: language };
  return (
    <p class="ask-chosen">
      <b><W of={name} /></b>
      <button type="button" class="icon-button" aria-label={words.unchoose(name.text)} onClick={drop}><span aria-hidden="true">×</span></button>
    </p>
  );
}

/** The place that is open in the details, if others can lie in it. */
function Selected({ id, choose }: { id: string; choose: (id: string) => void }) {
  const { language } = useAtlas();
  const words = useText(exportText);
  const loaded = useLoaded(id, () => api.place(id));
  if (loaded.status !== 'here' || !HOLDERS.includes(loaded.value.place.kind.id)) return null;
  const name = named(language, loaded.value.place);
  return <p><button type="button" class="button quiet" onClick={() => choose(id)}>{words.useSelected(name.text)}</button></p>;
}

function DrawingChoice({ chosen: { drawings, drawing } }: { chosen: Chosen }) {
  const { store, language } = useAtlas();
  const words = useText(exportText);
  const ask = useText(askText);
  const all = store.ask.drawings.value;
  return (
    <label class="export-select">
      <span>{words.whichDrawing}</span>
      <select value={drawing ?? ''} onChange={(event) => (store.exporting.drawing.value = event.currentTarget.value)}>
        {drawings.map(({ id, shape }) => {
          const area = measure(shape)?.squareMetres;
          const name = ask.drawing(shape.tool, all.findIndex((one) => one.id === id) + 1);
          return <option key={id} value={id}>{area ? `${name} · ${formatArea(area, language)}` : name}</option>;
        })}
      </select>
    </label>
  );
}
