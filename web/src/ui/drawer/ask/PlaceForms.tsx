/** Questions that start at one place or point. */
import type { Draft } from '../../../state/question';
import { useAtlas, useText } from '../../context';
import { askText } from '../../text/ask';
import { DistanceField } from './DistanceField';
import { OriginField } from './OriginField';
import { PartPicker } from './PartPicker';
import type { PlaceFound } from './PlacePicker';

type Of<K extends Draft['kind']> = { draft: Extract<Draft, { kind: K }> };

const isTownship = (place: PlaceFound): boolean => place.kind?.id === 'township';

export function TownshipForm({ draft }: Of<'township'>) {
  const { store } = useAtlas();
  const words = useText(askText);
  return <OriginField kind="township" label={words.township} place={draft.place} fits={isTownship} choose={(place) => store.ask.refine('township', { place })} />;
}

export function AroundForm({ draft }: Of<'around'>) {
  const { store } = useAtlas();
  const words = useText(askText);
  const change = (part: Partial<typeof draft>): void => store.ask.refine('around', part);
  return (
    <>
      <OriginField kind="around" label={words.place} place={draft.from} choose={(from) => change({ from })} />
      <DistanceField label={words.distance} metres={draft.metres} change={(metres) => change({ metres })} />
    </>
  );
}

export function NearestForm({ draft }: Of<'nearest'>) {
  const { store } = useAtlas();
  const words = useText(askText);
  const change = (part: Partial<typeof draft>): void => store.ask.refine('nearest', part);
  return (
    <>
      <PartPicker label={words.what} none={words.allLayers} part={draft.what} kindsOnly large choose={(what) => change({ what })} />
      <OriginField kind="nearest" label={words.from} place={draft.from} choose={(from) => change({ from })} />
    </>
  );
}
