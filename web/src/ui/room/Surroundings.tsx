/** What lies around a spot: by category, nearest first, within a radius that is drawn on the map. */
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Around, AroundCategory } from '../../api/sites';
import type { LonLat, PlaceRef } from '../../api/types';
import { pick } from '../../state/language';
import { NO_REACH, ringReach } from '../../state/reach';
import { RADII } from '../../state/room';
import { aroundOthers } from '../../state/sites';
import { useAtlas, useText } from '../context';
import { useLoaded } from '../load';
import { Several } from '../panel/Section';
import { Failure, Loading, W } from '../parts';
import { roomText } from '../text/room';
import { AroundItem } from './AroundItem';
import { useOnMap } from './useOnMap';
import { useVisit, type Visit } from './useVisit';

/** So many of each category are shown unasked. */
const AT_FIRST = 3;

export function Surroundings({ subject, self, vague, head = 'h4', ask }: {
  /** Of what it is; another subject begins anew. */
  subject: string;
  /** The place in the middle, if it is one. */
  self: PlaceRef | null;
  /** Its own position is not exact, so no distance from it is. */
  vague: boolean;
  /** What a category is headed with, one step below what stands above it. */
  head?: 'h3' | 'h4';
  ask: (radius: number) => Promise<Around | null>;
}) {
  const { store, language } = useAtlas();
  const words = useText(roomText);
  const { radius } = store.room;
  const loaded = useLoaded(`${subject} ${radius.value}`, () => ask(radius.value));
  // While another radius is on its way, the last answer stays, so that nothing jumps.
  const last = useRef<Around | null>(null);
  if (loaded.status === 'here') last.current = loaded.value;
  const around = last.current;
  const visit = useVisit(self, radius.value);
  useRing(around?.point ?? null, radius.value);
  useOnMap(around && [...(self ? [self.id] : []), ...around.categories.flatMap(({ items }) => items.map(({ id }) => id))]);
  return (
    <div class="around" aria-busy={loaded.status === 'loading'}>
      <RadiusChoice />
      <p class="aside">{words.straight}{vague && (language === 'zh' ? '' : ' ') + (self?.kind.id === 'township' ? words.fromSeat : words.vagueSite)}</p>
      {loaded.status === 'failed' && <Failure error={loaded.error} retry={loaded.retry} />}
      {!around && loaded.status === 'loading' && <Loading />}
      {around && loaded.status !== 'failed' && <Categories around={around} self={self} vague={vague} head={head} visit={visit} />}
    </div>
  );
}

function Categories({ around, self, vague, head: Head, visit }: { around: Around; self: PlaceRef | null; vague: boolean; head: 'h3' | 'h4'; visit: Visit }) {
  const { language } = useAtlas();
  const words = useText(roomText);
  const { full, empty } = aroundOthers(around.categories, self?.id ?? null);
  const kilometres = around.radius_m / 1000;
  const titles = empty.map((category) => titleOf(category, language).text).join(language === 'zh' ? '、' : ', ');
  return (
    <>
      {full.length === 0 && <p>{words.nothingWithin(kilometres)}</p>}
      {full.map((category) => (
        <section key={category.id} class="around-category">
          <Head><W of={titleOf(category, language)} /> <span class="count">{category.total}</span></Head>
          <Several
            key={around.radius_m} list="around-list" items={category.items} atFirst={AT_FIRST}
            draw={(item) => <AroundItem key={item.id} item={item} vague={vague} visit={visit} />}
          />
          {category.total > category.items.length && <p class="aside">{words.nearestOf(category.items.length, category.total)}</p>}
        </section>
      ))}
      {full.length > 0 && empty.length > 0 && <p class="aside">{words.noneWithin(kilometres, titles)}</p>}
    </>
  );
}

const titleOf = ({ title, title_en }: AroundCategory, language: 'zh' | 'en') => pick(language, title, title_en);

export function RadiusChoice({ title }: { title?: string }) {
  const { store } = useAtlas();
  const words = useText(roomText);
  const { radius } = store.room;
  const name = useId();
  return (
    <fieldset class="radius-choice">
      <legend>{title ?? words.radius}</legend>
      <div class="segments">
        {RADII.map((metres) => (
          <label key={metres}>
            <input type="radio" name={name} checked={radius.value === metres} onChange={() => (radius.value = metres)} />
            <span>{words.kilometres(metres / 1000)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** The circle on the map, as long as this is open. */
function useRing(point: LonLat | null, metres: number): void {
  const { store } = useAtlas();
  useEffect(() => {
    if (!point) return undefined;
    const ring = ringReach(point, metres);
    store.room.reach.value = ring;
    return () => {
      if (store.room.reach.peek() === ring) store.room.reach.value = NO_REACH;
    };
  }, [point?.[0], point?.[1], metres]);
}
