/** All sites, county by county; a word and an industry narrow them down. */
import { useId } from 'preact/hooks';
import { byPlan, industriesOf, sitesLeft } from '../../state/sites';
import { termed } from '../../state/language';
import { useAtlas, useText } from '../context';
import { W } from '../parts';
import { roomText } from '../text/room';
import { SiteRow } from './SiteRow';
import { useListOnMap } from './useOnMap';
import type { AllSites } from './useSites';

export function SiteList({ sites }: { sites: AllSites }) {
  const { store, atlas, language } = useAtlas();
  const words = useText(roomText);
  const { words: typed, industry } = store.room;
  const left = sitesLeft(sites.items, { words: typed.value, industry: industry.value });
  const industries = industriesOf(sites.items);
  const [wordsId, industryId] = [useId(), useId()];
  useListOnMap(left.map(({ place }) => place.id));
  const narrowed = typed.value.trim() !== '' || industry.value !== null;
  return (
    <>
      <form class="room-filter" onSubmit={(event) => event.preventDefault()}>
        <div class="ask-field">
          <label for={wordsId}>{words.filterWords}</label>
          <input id={wordsId} type="search" value={typed.value} placeholder={words.filterPlaceholder} onInput={(event) => (typed.value = event.currentTarget.value)} />
        </div>
        <div class="ask-field">
          <label for={industryId}>{words.industry}</label>
          <select id={industryId} value={industry.value ?? ''} onChange={(event) => (industry.value = event.currentTarget.value || null)}>
            <option value="">{words.industryAny}</option>
            {industries.map(({ term, count }) => <option key={term.id} value={term.id}>{termed(language, term).text} · {count}</option>)}
          </select>
        </div>
        <p class="room-count">
          <span role="status">{words.count(left.length, sites.items.length)}</span>
          {narrowed && (
            <button
              type="button" class="button quiet"
              onClick={() => {
                typed.value = '';
                industry.value = null;
              }}
            >
              {words.clearFilter}
            </button>
          )}
        </p>
      </form>
      {left.length === 0 && <p class="room-none">{words.noneLeft}</p>}
      {byPlan(left, atlas.plans).map(({ plan, sites: members }) => (
        <section key={plan} class="room-county" aria-labelledby={`room-${plan}`}>
          <h3 id={`room-${plan}`}><W of={sites.countyOf(plan, language)} /> <span class="count">{members.length}</span></h3>
          <ul class="site-list">{members.map((site) => <SiteRow key={site.id} site={site} />)}</ul>
        </section>
      ))}
    </>
  );
}
