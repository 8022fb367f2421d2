/** A button that opens the options of one facet as check boxes; above it where there is no room below. */
import type { RefObject } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Option } from '../../../state/table-rows';
import { useText } from '../../context';
import { W } from '../../parts';
import { tableText } from '../../text/table';

/** More options than this are not found by eye. */
const EASILY_SEEN = 12;
const TALL = 360;
const MARGIN = 8;

export function FacetButton({ name, options, counts, chosen, toggle, clear }: {
  name: string; options: readonly Option[]; counts: ReadonlyMap<string, number> | undefined; chosen: readonly string[];
  toggle: (value: string) => void; clear: () => void;
}) {
  const words = useText(tableText);
  const [open, setOpen] = useState(false);
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return undefined;
    const leave = (event: Event): void => {
      if (!(event.target instanceof Node && frame.current?.contains(event.target))) setOpen(false);
    };
    const close = (): void => setOpen(false);
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    window.addEventListener('resize', close);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
      window.removeEventListener('resize', close);
    };
  }, [open]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div class="facet" ref={frame} onKeyDown={onKeyDown}>
      <button ref={button} type="button" class={`button facet-button ${chosen.length ? 'on' : ''}`} aria-expanded={open} aria-haspopup="dialog" aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}>
        {words.facetChosen(name, chosen.length)}
      </button>
      {open && (
        <Options id={id} name={name} anchor={button} options={options} counts={counts} chosen={chosen} toggle={toggle} clear={clear} />
      )}
    </div>
  );
}

function Options({ id, name, anchor, options, counts, chosen, toggle, clear }: Omit<Parameters<typeof FacetButton>[0], 'open'> & {
  id: string; anchor: RefObject<HTMLButtonElement | null>;
}) {
  const words = useText(tableText);
  const [sought, setSought] = useState('');
  const sheet = useRef<HTMLDivElement>(null);
  useBeside(sheet, anchor);
  useEffect(() => sheet.current?.querySelector<HTMLElement>('input')?.focus({ preventScroll: true }), []);

  const offered = options.filter(({ label }) => label.text.toLowerCase().includes(sought.trim().toLowerCase()));
  return (
    <div class="facet-sheet sheet" ref={sheet} id={id} role="dialog" aria-label={name} onKeyDown={(event) => moveFocus(event, sheet.current)}>
      {options.length > EASILY_SEEN && (
        <input type="search" aria-label={words.findOption(name)} placeholder={words.findPlaceholder} value={sought} onInput={(event) => setSought(event.currentTarget.value)} />
      )}
      <ul>
        {offered.map((option) => {
          const n = counts?.get(option.id) ?? 0;
          const on = chosen.includes(option.id);
          return (
            <li key={option.id} class={n === 0 && !on ? 'none' : ''}>
              <label>
                <input type="checkbox" checked={on} aria-label={words.optionCount(option.label.text, n)} onChange={() => toggle(option.id)} />
                <span class="facet-option"><W of={option.label} /></span>
                <span class="count">{n}</span>
              </label>
            </li>
          );
        })}
      </ul>
      {offered.length === 0 && <p class="aside" role="status">{words.noOption}</p>}
      {chosen.length > 0 && <button type="button" class="button quiet" onClick={clear}>{words.clearFacet}</button>}
    </div>
  );
}

/** The dock is low and scrolls: the options float over it, on the side of the button that has more room. */
function useBeside(sheet: RefObject<HTMLElement | null>, anchor: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const box = anchor.current?.getBoundingClientRect();
    const element = sheet.current;
    if (!box || !element) return;
    const below = window.innerHeight - box.bottom - MARGIN;
    const above = box.top - MARGIN;
    const under = below >= Math.min(TALL, element.scrollHeight) || below >= above;
    element.style.maxHeight = `${Math.min(TALL, under ? below : above)}px`;
    element.style.left = `${Math.max(MARGIN, Math.min(box.left, window.innerWidth - element.offsetWidth - MARGIN))}px`;
    element.style[under ? 'top' : 'bottom'] = `${under ? box.bottom + 2 : window.innerHeight - box.top + 2}px`;
  }, []);
}

function moveFocus(event: KeyboardEvent, sheet: HTMLElement | null): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !sheet) return;
  event.preventDefault();
  const fields = [...sheet.querySelectorAll<HTMLElement>('input')];
  const at = fields.findIndex((field) => field === document.activeElement);
  fields[(at + step + fields.length) % fields.length]?.focus();
}
