/** A layer, and on demand some classes of its legend. */
import { useId } from 'preact/hooks';
import type { Layer } from '../../../api/types';
import { pick, titled } from '../../../state/language';
import type { Part } from '../../../state/question';
import { useAtlas, useText } from '../../context';
import { askText } from '../../text/ask';

export function PartPicker({ label, none, part, choose, kindsOnly = false, own = false, large = false }: {
  label: string; none: string; part: Part | null; choose: (part: Part | null) => void;
  /** Offer only classes that are kinds of places. */
  kindsOnly?: boolean;
  /** Offer the reader's own layers too. */
  own?: boolean;
  /** Offer large layers, whose features stay in their files, too. */
  large?: boolean;
}) {
  const { atlas, store, language } = useAtlas();
  const words = useText(askText);
  const id = useId();
  const ownLayers = own ? store.mine.layers.value : [];
  const layer = atlas.layers.find((one) => one.id === part?.layer);
  const located = (one: Layer): boolean => one.count > one.unlocated && (large || !one.large);
  const groups = atlas.groups.map((group) => ({ group, layers: atlas.layers.filter((one) => one.group === group.id && located(one)) }));
  const loose = atlas.layers.filter((one) => located(one) && !atlas.groups.some((group) => group.id === one.group));
  const classes = layer && layer.classes.length > 1 && (!kindsOnly || layer.class_by === 'kind') ? layer.classes : [];
  const chosen = classes.filter(({ value }) => part?.classes.includes(value)).map((entry) => pick(language, entry.label, entry.label_en).text);
  const option = (one: Layer) => <option key={one.id} value={one.id}>{titled(language, one).text}</option>;
  return (
    <div class="part">
      <div class="ask-field">
        <label for={id}>{label}</label>
        <select id={id} value={part?.layer ?? ''} onChange={(event) => choose(event.currentTarget.value ? { layer: event.currentTarget.value, classes: [] } : null)}>
          <option value="">{none}</option>
          {groups.map(({ group, layers }) => layers.length > 0 && <optgroup key={group.id} label={titled(language, group).text}>{layers.map(option)}</optgroup>)}
          {loose.map(option)}
          {ownLayers.length > 0 && <optgroup label={words.ownLayers}>{ownLayers.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</optgroup>}
        </select>
      </div>
      {part && classes.length > 0 && (
        <details class="part-classes">
          <summary>{words.classes} <span class="aside">{chosen.length ? words.joined(chosen) : words.allClasses}</span></summary>
          <ul>
            {classes.map((entry) => (
              <li key={entry.value}>
                <label>
                  <input type="checkbox" checked={part.classes.includes(entry.value)} onChange={() => choose({ ...part, classes: toggled(part.classes, entry.value) })} />
                  <span>{pick(language, entry.label, entry.label_en).text}</span>
                  <span class="count">{entry.count}</span>
                </label>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

const toggled = (values: readonly string[], value: string): string[] =>
  values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
