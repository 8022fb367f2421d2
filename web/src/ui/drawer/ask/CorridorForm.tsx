/** What lies along a line: one that is drawn, or a road, river or belt of the atlas. */
import { useId } from 'preact/hooks';
import { api, type PlaceListItem } from '../../../api/client';
import type { Layer } from '../../../api/types';
import { named, titled } from '../../../state/language';
import { TOOLS_OF, type Draft } from '../../../state/question';
import { useAtlas, useText } from '../../context';
import { useLoaded } from '../../load';
import { Failure } from '../../parts';
import { askText } from '../../text/ask';
import { DistanceField } from './DistanceField';
import { DrawTools } from './DrawTools';

const MOST = 1_000;

export function CorridorForm({ draft }: { draft: Extract<Draft, { kind: 'corridor' }> }) {
  const { atlas, store, language } = useAtlas();
  const words = useText(askText);
  const id = useId();
  const lines = useLoaded('lines', () => linesOf(atlas.layers));
  const change = (part: Partial<typeof draft>): void => store.ask.refine('corridor', part);
  return (
    <>
      <div class="ask-field">
        <label for={id}>{words.line}</label>
        <select id={id} value={draft.along ?? ''} onChange={(event) => change({ along: event.currentTarget.value || null })}>
          <option value="">{words.drawnLine}</option>
          {lines.status === 'here' && lines.value.map(({ layer, places }) => (
            <optgroup key={layer.id} label={titled(language, layer).text}>
              {places.map((place) => <option key={place.id} value={place.id}>{named(language, place).text}</option>)}
            </optgroup>
          ))}
        </select>
      </div>
      {lines.status === 'failed' && <Failure error={lines.error} retry={lines.retry} />}
      {!draft.along && <DrawTools kind="corridor" tools={TOOLS_OF.corridor} />}
      <DistanceField label={words.widthEachSide} metres={draft.metres} change={(metres) => change({ metres })} />
    </>
  );
}

/** The located places of every layer of lines. */
async function linesOf(layers: readonly Layer[]): Promise<{ layer: Layer; places: PlaceListItem[] }[]> {
  const listed = await Promise.all(layers.filter(({ geometry, large }) => geometry === 'line' && !large).map(async (layer) => {
    const { items } = await api.layerPlaces(layer.id, 0, MOST);
    return { layer, places: items.filter(({ point }) => point !== null) };
  }));
  return listed.filter(({ places }) => places.length > 0);
}
