/** A distance as people give it: a number and metres or kilometres. It waits until typing pauses. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { isDistance } from '../../../state/question';
import { useText } from '../../context';
import { askText } from '../../text/ask';

const PAUSE = 400;
const SIZES = { m: 1, km: 1_000 } as const;
type Unit = keyof typeof SIZES;

const unitFor = (metres: number): Unit => (metres >= 1_000 ? 'km' : 'm');
const written = (metres: number, unit: Unit): string => String(Number((metres / SIZES[unit]).toFixed(3)));
const read = (text: string, unit: Unit): number => Math.round(Number(text.normalize('NFKC').trim() || Number.NaN) * SIZES[unit]);

export function DistanceField({ label, metres, change, spoil }: {
  label: string; metres: number; change: (metres: number) => void;
  /** Told when what stands in the field is no distance. */
  spoil?: () => void;
}) {
  const words = useText(askText);
  const [unit, setUnit] = useState<Unit>(() => unitFor(metres));
  const [text, setText] = useState(() => written(metres, unit));
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const id = useId();
  const typed = read(text, unit);
  const good = isDistance(typed);

  useEffect(() => {
    if (typed === metres) return;
    setUnit(unitFor(metres));
    setText(written(metres, unitFor(metres)));
  }, [metres]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const settle = (value: number, pause: number): void => {
    clearTimeout(timer.current);
    if (!isDistance(value)) spoil?.();
    // Whoever leaves the field, or sends the form, has finished typing.
    else if (pause === 0) change(value);
    else timer.current = setTimeout(() => change(value), pause);
  };
  const turn = (next: Unit): void => {
    setUnit(next);
    if (good) setText(written(typed, next));
    else settle(read(text, next), 0);
  };
  return (
    <div class="ask-field">
      <label for={id}>{label}</label>
      <div class="distance">
        <input
          id={id} type="text" inputMode="decimal" autocomplete="off" value={text} aria-invalid={!good} {...(!good && { 'aria-describedby': `${id}-fault` })}
          onInput={(event) => {
            setText(event.currentTarget.value);
            settle(read(event.currentTarget.value, unit), PAUSE);
          }}
          onChange={(event) => settle(read(event.currentTarget.value, unit), 0)}
        />
        <select aria-label={`${label}：${words.unit}`} value={unit} onChange={(event) => turn(event.currentTarget.value as Unit)}>
          <option value="km">{words.km}</option>
          <option value="m">{words.m}</option>
        </select>
      </div>
      {!good && <p class="field-fault" id={`${id}-fault`}>{words.badDistance}</p>}
    </div>
  );
}
