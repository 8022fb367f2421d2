/** Small parts of the export dialog. */
import type { ComponentChildren } from 'preact';
import { useText } from '../context';
import { exportText } from '../text/export';
import type { Refusal } from './refusal';

/** Something is wrong right here. */
export function Wrong({ refusal }: { refusal: Refusal | null }) {
  const words = useText(exportText);
  return (
    <div class="export-wrong" role="alert">
      {refusal && <p>{refusal.said}</p>}
      {refusal?.detail && <p class="aside">{words.refusals.serverSays} <span lang="en">{refusal.detail}</span></p>}
    </div>
  );
}

/** A choice among others with a plain line below its name. */
export function Radio({ name, checked, choose, disabled = false, hint, children }: {
  name: string; checked: boolean; choose: () => void; disabled?: boolean; hint?: string | undefined; children: ComponentChildren;
}) {
  return (
    <label class={`export-radio ${disabled ? 'off' : ''}`}>
      <input type="radio" name={name} checked={checked} disabled={disabled} onChange={choose} />
      <span>{children}{hint && <small>{hint}</small>}</span>
    </label>
  );
}
