/** Where a question starts: a place by its name, the selected place, or a point on the map. */
import type { ComponentChildren } from 'preact';
import { api } from '../../../api/client';
import { named } from '../../../state/language';
import { TOOLS_OF, type QuestionKind } from '../../../state/question';
import { useAtlas, useText } from '../../context';
import { useLoaded } from '../../load';
import { W } from '../../parts';
import { askText } from '../../text/ask';
import { DrawTools } from './DrawTools';
import { PlacePicker, type PlaceFound } from './PlacePicker';
import { writtenPosition } from './sentence';

const ANY = (): boolean => true;

export function OriginField({ kind, label, place, choose, fits = ANY }: {
  kind: QuestionKind; label: string; place: string | null; choose: (id: string | null) => void; fits?: (place: PlaceFound) => boolean;
}) {
  const { store } = useAtlas();
  const words = useText(askText);
  const subject = store.ask.subject.value?.shape;
  const point = !place && subject?.tool === 'point' ? subject.point : null;
  const selection = store.selection.value;
  const selected = selection.kind === 'place' && selection.id !== place ? selection.id : null;
  return (
    <div class="origin">
      {place && <Chosen drop={() => choose(null)} id={place} />}
      {point && <p class="ask-chosen"><span class="aside">{words.chosen}</span> {words.clickedPoint(writtenPosition(point))}</p>}
      <PlacePicker label={label} fits={fits} choose={({ id }) => choose(id)} />
      {selected && <Selected id={selected} kind={kind} choose={choose} />}
      {TOOLS_OF[kind].length > 0 && <DrawTools kind={kind} tools={TOOLS_OF[kind]} />}
    </div>
  );
}

function Named({ id, children }: { id: string; children: (name: { text: string; lang: 'zh' | 'en' }, kind: string) => ComponentChildren }) {
  const { language } = useAtlas();
  const loaded = useLoaded(id, () => api.place(id));
  const name = loaded.status === 'here' ? named(language, loaded.value.place) : { text: id, lang: language };
  return <>{children(name, loaded.status === 'here' ? loaded.value.place.kind.id : '')}</>;
}

function Chosen({ id, drop }: { id: string; drop: () => void }) {
  const words = useText(askText);
  return (
    <Named id={id}>
      {(name) => (
        <p class="ask-chosen">
          <span class="aside">{words.chosen}</span> <b><W of={name} /></b>
          <button type="button" class="icon-button" aria-label={words.unchoose(name.text)} onClick={drop}><span aria-hidden="true">×</span></button>
        </p>
      )}
    </Named>
  );
}

/** A question about townships takes no other place. */
function Selected({ id, kind, choose }: { id: string; kind: QuestionKind; choose: (id: string) => void }) {
  const words = useText(askText);
  return (
    <Named id={id}>
      {(name, of) => (kind !== 'township' || of === 'township') && (
        <p><button type="button" class="button quiet" onClick={() => choose(id)}>{words.useSelected(name.text)}</button></p>
      )}
    </Named>
  );
}
