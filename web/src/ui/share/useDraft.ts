/** The link as it is put together in the dialog, and what became of it. Whatever is changed makes another link: the last one goes. */
import { useState } from 'preact/hooks';
import { api, type Dossier, type Tour } from '../../api/client';
import { sessions, type Shared } from '../../api/session';
import { effectiveChoice, isVisible } from '../../state/layers';
import { faultOf, missingLayers, placeOf, wishOf, type Draft, type Fault } from '../../state/share';
import { currentState } from '../../state/store';
import { OWN_TOUR } from '../../state/tour';
import { useAtlas } from '../context';
import { asApiError, useLoaded, type Loaded } from '../load';
import { toursOf } from '../present/useTour';

export type Outcome = { is: 'none' | 'asking' } | { is: 'refused'; fault: Fault } | { is: 'here'; shared: Shared };

export interface Drafting {
  draft: Draft;
  change: (some: Partial<Draft>) => void;
  outcome: Outcome;
  make: () => void;
  /** Layers that are shown now. */
  shown: readonly string[];
  /** Id of the place that is selected now. */
  selected: string | null;
  place: Loaded<Dossier['place'] | null>;
  tours: Loaded<Tour[]>;
  /** The place goes along but would not be there. */
  outside: boolean;
  /** Layers of the chosen tour that would not be there. */
  missing: readonly string[];
}

/** A month: long enough to be opened, short enough to be forgotten. */
const USUAL_DAYS = 30;

export function useDraft(): Drafting {
  const { store, atlas, language } = useAtlas();
  const choice = effectiveChoice(store.layers.value, atlas.layers);
  const shown = atlas.layers.filter(({ id }) => isVisible(choice, id)).map(({ id }) => id);
  const selected = placeOf(store.selection.value);
  const last = store.presenting.last.value?.at.tour ?? null;
  const [draft, setDraft] = useState<Draft>({
    layers: shown, place: selected, tour: last === OWN_TOUR ? null : last, language, view: true, audience: 'public', days: USUAL_DAYS,
  });
  const [outcome, setOutcome] = useState<Outcome>({ is: 'none' });
  const place = useLoaded(`place ${selected}`, async () => (selected === null ? null : (await api.place(selected)).place));
  const tours = useLoaded('tours', toursOf);
  const tour = tours.status === 'here' ? (tours.value.find(({ id }) => id === draft.tour) ?? null) : null;
  const known = atlas.layers.map(({ id }) => id);
  return {
    draft, outcome, shown, selected, place, tours,
    change: (some) => {
      setDraft({ ...draft, ...some });
      setOutcome({ is: 'none' });
    },
    make: () => {
      setOutcome({ is: 'asking' });
      sessions.share(wishOf(draft, { ...currentState(store), layers: choice })).then(
        (shared) => setOutcome({ is: 'here', shared }),
        (error: unknown) => {
          const { status, detail } = asApiError(error);
          setOutcome({ is: 'refused', fault: faultOf(status, detail) });
        },
      );
    },
    outside: draft.place !== null && place.status === 'here' && place.value !== null && !place.value.layers.some((id) => draft.layers.includes(id)),
    missing: missingLayers(tour, draft.layers).filter((id) => known.includes(id)),
  };
}
