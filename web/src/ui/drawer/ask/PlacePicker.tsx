/**
 * A place chosen by typing: an ARIA combobox over what the server finds by name, alias, pinyin or
 * initials. It offers only places, and of these only the ones that fit.
 */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { api, type SearchItem } from '../../../api/client';
import { named, pick, termed } from '../../../state/language';
import { useAtlas, useText } from '../../context';
import { W } from '../../parts';
import { askText } from '../../text/ask';

const PAUSE = 180;
const ASKED_FOR = 200;
const OFFERED = 12;

export type PlaceFound = SearchItem;

export function PlacePicker({ label, fits, choose }: { label: string; fits: (place: PlaceFound) => boolean; choose: (place: PlaceFound) => void }) {
  const { language, words: common } = useAtlas();
  const words = useText(askText);
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<{ query: string; places: readonly PlaceFound[] } | 'failed' | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  /** Enter was pressed before the answer to this text had come. */
  const hurried = useRef<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  useEffect(() => {
    const asked = query.trim();
    if (!asked) {
      setFound(null);
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api.search(asked, abort.signal, ASKED_FOR).then(
        ({ items }) => {
          const places = items.filter((item) => item.type === 'place' && item.point !== null && fits(item)).slice(0, OFFERED);
          setFound({ query: asked, places });
          setActive(0);
          if (hurried.current === asked && places[0]) take(places[0]);
          hurried.current = null;
        },
        () => abort.signal.aborted || setFound('failed'),
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query]);

  const places = found && found !== 'failed' ? found.places : [];
  const take = (place: PlaceFound): void => {
    setQuery('');
    setOpen(false);
    choose(place);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys that an input method takes for itself; Safari says so by code 229 alone.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape' && open && query) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      if (places.length) setActive((active + (event.key === 'ArrowDown' ? 1 : -1) + places.length) % places.length);
    } else if (event.key === 'Enter' && input.current?.value.trim()) {
      event.preventDefault();
      const present = input.current.value.trim();
      const place = found && found !== 'failed' && found.query === present ? places[active] : undefined;
      if (place) take(place);
      else hurried.current = present;
      setOpen(true);
    }
  };
  const shown = open && query.trim() !== '' && found !== null;
  return (
    <div class="ask-field place-picker" onFocusOut={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOpen(false)}>
      <label for={id}>{label}</label>
      <input
        ref={input} id={id} type="text" role="combobox" maxLength={60} autocomplete="off" spellcheck={false} placeholder={words.placePlaceholder} value={query}
        aria-expanded={shown && places.length > 0} aria-controls={`${id}-list`} aria-autocomplete="list"
        {...(shown && places[active] && { 'aria-activedescendant': `${id}-${active}` })}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)} onKeyDown={onKeyDown}
      />
      <p class="visually-hidden" role="status">{shown && found !== 'failed' && found ? (places.length ? words.found(places.length) : words.noSuchPlace(found.query)) : ''}</p>
      <div class="place-options" hidden={!shown}>
        {found === 'failed' && <p class="place-none" role="alert">{common.searchFailed}</p>}
        {found && found !== 'failed' && places.length === 0 && <p class="place-none">{words.noSuchPlace(found.query)}</p>}
        <div role="listbox" id={`${id}-list`} aria-label={label}>
          {places.map((place, i) => (
            <div
              key={place.id} id={`${id}-${i}`} role="option" aria-selected={i === active} class="hit"
              onPointerMove={() => setActive(i)} onPointerDown={(event) => event.preventDefault()} onClick={() => take(place)}
            >
              <span class="hit-name"><W of={named(language, place)} /></span>
              <span class="hit-aside">
                {place.kind && <W of={termed(language, place.kind)} />}
                {place.kind && place.context && ' · '}
                {place.context && <W of={pick(language, place.context, place.context_en)} />}
              </span>
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
