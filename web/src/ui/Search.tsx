/**
 * The search box: an ARIA combobox over a list grouped by kind. It waits until typing pauses, drops
 * answers to what is no longer asked, and choosing flies to the thing and selects it.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type SearchItem } from '../api/client';
import { named, pick, termed, type Worded } from '../state/language';
import { useAtlas } from './context';
import { isNarrow } from './narrow';
import { W } from './parts';

const PAUSE = 180;
const ORDER: readonly SearchItem['type'][] = ['place', 'project', 'target', 'task', 'organisation'];

type Answer = { status: 'idle' | 'asking' | 'failed' } | { status: 'here'; query: string; total: number; items: SearchItem[] };

export function Search() {
  const { atlas, store, language, words } = useAtlas();
  const [query, setQuery] = useState('');
  const [answer, setAnswer] = useState<Answer>({ status: 'idle' });
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  /** The text for which Enter was pressed before its answer had come. */
  const hurried = useRef<string | null>(null);

  useEffect(() => {
    const asked = query.trim();
    if (hurried.current !== asked) hurried.current = null;
    if (!asked) {
      setAnswer({ status: 'idle' });
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      setAnswer((before) => (before.status === 'here' ? before : { status: 'asking' }));
      api.search(asked, abort.signal).then(
        ({ total, items }) => {
          const sorted = ORDER.flatMap((type) => items.filter((item) => item.type === type));
          setAnswer({ status: 'here', query: asked, total, items: sorted });
          setActive(sorted.length ? 0 : -1);
          if (hurried.current === asked && sorted[0]) choose(sorted[0]);
          hurried.current = null;
        },
        () => abort.signal.aborted || setAnswer({ status: 'failed' }),
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query]);

  const items = answer.status === 'here' ? answer.items : [];
  useEffect(() => {
    if (active >= 0) document.getElementById(`hit-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const choose = (item: SearchItem): void => {
    setOpen(false);
    store.select({ type: 'choose', kind: item.type, id: item.id });
    const bounds = item.bounds ?? (item.point && [item.point[0] - 0.03, item.point[1] - 0.03, item.point[0] + 0.03, item.point[1] + 0.03]);
    if (bounds) store.command.value = { type: 'fit', bounds: [...bounds] as typeof item.bounds & object, maxZoom: 10.8 };
  };

  /** Of a record the sections that state it: in English by their titles, where one plan alone has such a section. */
  const contextOf = (item: SearchItem): Worded => {
    if (item.type === 'place' || language === 'zh') return pick(language, item.context, item.context_en);
    const titles = item.context.split(' · ').map((id) => {
      const found = atlas.plans.flatMap((plan) => plan.sections.filter((section) => section.id === id));
      return found.length === 1 ? found[0]?.title_en : undefined;
    });
    const [first] = titles;
    if (!first || titles.includes(undefined)) return { text: item.context, lang: 'zh' };
    return { text: titles.length > 1 ? `${first} …` : first, lang: 'en' };
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys that an input method takes for itself; Safari says so by code 229 alone.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') {
      hurried.current = null;
      if (open && query) setOpen(false);
      else input.current?.blur();
      if (!open) setQuery('');
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      if (items.length) setActive((active + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length);
    } else if (event.key === 'Enter' && input.current?.value.trim()) {
      // What is in the box; the last letter may not have been drawn yet.
      const present = input.current.value.trim();
      const answered = answer.status === 'here' && answer.query === present;
      const item = answered ? items[active] : undefined;
      if (!answered) hurried.current = present;
      else if (open && item) choose(item);
      setOpen(!(open && item));
    }
  };

  const shown = open && query.trim() !== '';
  return (
    <search class="search" onFocusOut={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOpen(false)}>
      <svg class="search-glass" viewBox="0 0 16 16" aria-hidden="true"><circle cx="6.8" cy="6.8" r="4.6" /><path d="m10.3 10.3 4 4" /></svg>
      <input
        ref={input} id="search" type="text" maxLength={60} role="combobox" aria-label={words.search} placeholder={words.searchPlaceholder} title={words.searchHint}
        aria-expanded={shown && items.length > 0} aria-controls="search-hits" aria-autocomplete="list" autocomplete="off" spellcheck={false}
        {...(shown && active >= 0 && { 'aria-activedescendant': `hit-${active}` })}
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setOpen(true);
        }}
        onFocus={() => isNarrow('drawers') && (store.layersOpen.value = false)}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden="true">/</kbd>
      <p class="visually-hidden" role="status">{shown && answer.status === 'here' ? (items.length ? words.resultCount(answer.total) : words.noResult(answer.query)) : ''}</p>
      <div class="hits sheet" hidden={!shown}>
        {answer.status === 'asking' && <p class="hits-note">{words.searching}</p>}
        {answer.status === 'failed' && <p class="hits-note" role="alert">{words.searchFailed}</p>}
        {answer.status === 'here' && items.length === 0 && <p class="hits-note">{words.noResult(answer.query)}</p>}
        {answer.status === 'here' && answer.total > items.length && items.length > 0 && <p class="hits-note">{words.shownOf(items.length, answer.total)}</p>}
        <div role="listbox" id="search-hits" aria-label={words.search}>
          {ORDER.map((type) => {
            const ofType = items.filter((item) => item.type === type);
            return ofType.length > 0 && (
              <div key={type} role="group" aria-label={`${words.types[type]} ${ofType.length}`}>
                <p class="hits-type" role="presentation">{words.types[type]} <span class="count">{ofType.length}</span></p>
                {ofType.map((item) => {
                  const at = items.indexOf(item);
                  const context = contextOf(item);
                  return (
                    <div
                      key={item.id} id={`hit-${at}`} role="option" aria-selected={at === active} class="hit"
                      onPointerMove={() => setActive(at)} onPointerDown={(event) => event.preventDefault()} onClick={() => choose(item)}
                    >
                      <span class="hit-name"><W of={named(language, item)} /></span>
                      <span class="hit-aside">
                        {item.kind && <W of={termed(language, item.kind)} />}
                        {item.kind && context.text && ' · '}
                        {context.text && <W of={context} />}
                        {words.matched[item.matched] && <span class="tag">{words.matched[item.matched]}</span>}
                      </span>
                    </div>
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
    </search>
  );
}
