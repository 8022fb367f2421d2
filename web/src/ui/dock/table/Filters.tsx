/** A field for words and a button for each facet; every option says how many rows it would leave. */
import { useMemo } from 'preact/hooks';
import { withToggled, withValues, type TableChoice } from '../../../state/table';
import { optionsOf, type Narrowed, type Table } from '../../../state/table-rows';
import { useAtlas, useText } from '../../context';
import { tableText } from '../../text/table';
import { FacetButton } from './FacetButton';

export function Filters({ table, choice, counts }: { table: Table; choice: TableChoice; counts: Narrowed['counts'] }) {
  const { store, language } = useAtlas();
  const words = useText(tableText);
  const facets = useMemo(() => table.facets.map((facet) => ({ id: facet.id, options: optionsOf(table, facet, language) })), [table, language]);
  const type = (event: Event): void => {
    // Pinyin that is still being typed is no word yet.
    if (!(event as InputEvent).isComposing) store.table.value = { ...choice, words: (event.currentTarget as HTMLInputElement).value };
  };
  return (
    <div class="table-filters" role="search" aria-label={words.filters}>
      <input type="search" class="table-words" aria-label={words.words} placeholder={words.wordsPlaceholder} value={choice.words} onInput={type} onCompositionEnd={type} />
      {facets.filter(({ options }) => options.length > 1).map(({ id, options }) => (
        <FacetButton
          key={id} name={words.facets[id]} options={options} counts={counts.get(id)} chosen={choice.filters[id] ?? []}
          toggle={(value) => (store.table.value = withToggled(store.table.peek(), id, value))}
          clear={() => (store.table.value = withValues(store.table.peek(), id, []))}
        />
      ))}
    </div>
  );
}
