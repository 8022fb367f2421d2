/** The filters in force, each worded as its facet words it. */
import { useEffect, useState } from 'preact/hooks';
import { api, type Atlas, type Term } from '../../../api/client';
import { named, termed, type Language } from '../../../state/language';
import { HERE, type TableChoice } from '../../../state/table';
import { optionsOf, type FacetId, type Table } from '../../../state/table-rows';
import { useAtlas, useText } from '../../context';
import { tableText } from '../../text/table';
import { listedPlaces } from './load-table';

interface Chip {
  facet: string;
  value: string;
  text: string;
}

type Named = { id: string; name: string; name_en: string | null };

export function useChips(table: Table, choice: TableChoice): Chip[] {
  const { atlas, language } = useAtlas();
  const words = useText(tableText);
  const here = choice.filters[HERE]?.[0];
  const places = useNames(Boolean(here ?? choice.filters['township']), listedPlaces);
  const units = useNames(Boolean(choice.filters['unit']), () => api.whole('organisations'));
  const nameIn = (list: readonly Named[], id: string): string => {
    const known = list.find((one) => one.id === id);
    return known ? named(language, known).text : id;
  };
  /** A filter that was set in another table may name what this one has not. */
  const fromElsewhere = (facet: FacetId, value: string): string =>
    facet === 'unit' ? nameIn(units, value) : facet === 'township' ? nameIn(places, value) : inVocabulary(atlas, value, language);
  return [
    ...(here ? [{ facet: HERE, value: here, text: words.here(nameIn(places, here)) }] : []),
    ...table.facets.flatMap((facet) => {
      const values = choice.filters[facet.id] ?? [];
      const options = values.length > 0 ? optionsOf(table, facet, language) : [];
      return values.map((value) => {
        const label = options.find(({ id }) => id === value)?.label.text ?? fromElsewhere(facet.id, value);
        return { facet: facet.id, value, text: words.chip(words.facets[facet.id], label) };
      });
    }),
  ];
}

function inVocabulary({ vocabulary }: Atlas, id: string, language: Language): string {
  const term = Object.values(vocabulary).flat().find((one: Term) => one.id === id);
  return term ? termed(language, term).text : id;
}

function useNames(needed: boolean, list: () => Promise<readonly Named[]>): readonly Named[] {
  const [names, setNames] = useState<readonly Named[]>([]);
  useEffect(() => {
    if (needed) void list().then(setNames, () => undefined);
  }, [needed]);
  return names;
}
