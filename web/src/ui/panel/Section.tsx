/** A part of a panel that folds away; a long list shows its beginning first. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useAtlas } from '../context';

const AT_FIRST = 6;

export function Section({ title, count, open = true, tag, children }: {
  title: string; count?: number; open?: boolean; tag?: string; children: ComponentChildren;
}) {
  if (count === 0) return null;
  return (
    <details class="section" open={open}>
      <summary>
        <h3>{title}</h3>
        {tag && <span class="tag">{tag}</span>}
        {count !== undefined && <span class="count">{count}</span>}
      </summary>
      <div class="section-body">{children}</div>
    </details>
  );
}

/** With `list`, the class of a list, `draw` makes its items; the button then stands after the list. */
export function Several<T>({ items, draw, atFirst = AT_FIRST, list }: {
  items: readonly T[]; draw: (item: T) => ComponentChildren; atFirst?: number; list?: string;
}) {
  const { words } = useAtlas();
  const [all, setAll] = useState(false);
  const long = items.length > atFirst + 2;
  const drawn = (long && !all ? items.slice(0, atFirst) : items).map(draw);
  return (
    <>
      {list ? <ul class={list}>{drawn}</ul> : drawn}
      {long && (
        <button type="button" class="button quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? words.showFewer : words.showAll(items.length)}
        </button>
      )}
    </>
  );
}
