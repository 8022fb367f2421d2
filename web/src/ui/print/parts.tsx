/** Small parts of the print dialog: a name on the left, a choice on the right. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** One of a few, side by side. */
export function Segments<T extends string | number>({ title, among, names, chosen, choose, hint, disabled = false }: {
  title: string; among: readonly T[]; names: Readonly<Record<T, string>>; chosen: T; choose: (one: T) => void; hint?: string | undefined; disabled?: boolean;
}) {
  const id = useId();
  return (
    <fieldset class="picture-row" disabled={disabled} aria-describedby={hint && id}>
      <legend>{title}</legend>
      <div class="picture-side">
        <SegmentRow name={id} among={among} names={names} chosen={chosen} choose={choose} />
        {hint && <p id={id} class="aside">{hint}</p>}
      </div>
    </fieldset>
  );
}

/** Several rows of one name are one choice. */
export function SegmentRow<T extends string | number>({ name, among, names, chosen, choose }: {
  name: string; among: readonly T[]; names: Readonly<Record<T, string>>; chosen: T; choose: (one: T) => void;
}) {
  return (
    <div class="segments">
      {among.map((one) => (
        <label key={one}>
          <input type="radio" name={name} checked={chosen === one} onChange={() => choose(one)} />
          <span>{names[one]}</span>
        </label>
      ))}
    </div>
  );
}

/** A field that is not a set of buttons. */
export function Row({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <label class="picture-row">
      <span>{title}</span>
      <span class="picture-side">{children}</span>
    </label>
  );
}
