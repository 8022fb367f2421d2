/** Places of one layer that are too far from, or close enough to, those of another. */
import { useId } from 'preact/hooks';
import type { Atlas } from '../../../api/types';
import type { Draft, Part, Than } from '../../../state/question';
import { useAtlas, useText } from '../../context';
import { askText } from '../../text/ask';
import { DistanceField } from './DistanceField';
import { PartPicker } from './PartPicker';
import { pairSentence } from './sentence';

type Pairs = Extract<Draft, { kind: 'pairs' }>;
type Example = { a: Part; b: Part; than: Than; metres: number };

const part = (layer: string, ...classes: string[]): Part => ({ layer, classes });

/** Shown as far as the atlas has these layers and classes. */
const EXAMPLES: readonly Example[] = [
  { a: part('herbs'), b: part('medical', 'medical-centre'), than: 'farther', metres: 15_000 },
  { a: part('scenic', 'scenic-area'), b: part('medical', 'hospital', 'hospital-branch'), than: 'nearer', metres: 5_000 },
  { a: part('townships'), b: part('medical', 'hospital', 'hospital-branch', 'medical-centre'), than: 'farther', metres: 20_000 },
];

const has = (atlas: Atlas, { layer, classes }: Part): boolean => {
  const found = atlas.layers.find(({ id }) => id === layer);
  return found !== undefined && classes.every((value) => found.classes.some((entry) => entry.value === value));
};

export function PairsForm({ draft }: { draft: Pairs }) {
  const { atlas, store, language } = useAtlas();
  const words = useText(askText);
  const id = useId();
  const change = (part: Partial<Pairs>): void => store.ask.refine('pairs', part);
  const examples = EXAMPLES.filter(({ a, b }) => has(atlas, a) && has(atlas, b));
  return (
    <>
      {examples.length > 0 && (
        <details class="examples" open={!draft.a || !draft.b}>
          <summary>{words.examples}</summary>
          <ul>
            {examples.map((example) => {
              const sentence = pairSentence(example, { atlas, language, words, own: [] });
              return <li key={sentence}><button type="button" class="example" onClick={() => change(example)}>{sentence}</button></li>;
            })}
          </ul>
        </details>
      )}
      <PartPicker label={words.ofThese} none={words.chooseLayer} part={draft.a} choose={(a) => change({ a })} />
      <PartPicker label={words.toThese} none={words.chooseLayer} part={draft.b} own choose={(b) => change({ b })} />
      <div class="than">
        <DistanceField label={words.distance} metres={draft.metres} change={(metres) => change({ metres })} />
        <div class="ask-field">
          <label for={`${id}-than`}>{words.than}</label>
          <select id={`${id}-than`} value={draft.than} onChange={(event) => change({ than: event.currentTarget.value as Than })}>
            <option value="farther">{words.farther}</option>
            <option value="nearer">{words.nearer}</option>
          </select>
        </div>
      </div>
    </>
  );
}
