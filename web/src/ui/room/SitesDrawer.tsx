/** The drawer of sites: all that the plans offer, or the reader's own choice of them; from both leads a way to comparing. */
import { isComparable, FEWEST_COMPARED } from '../../state/room';
import { useAtlas, useText } from '../context';
import { Failure, Loading } from '../parts';
import { roomText } from '../text/room';
import { openComparison } from './comparing';
import { Shortlist } from './Shortlist';
import { SiteList } from './SiteList';
import { useSites } from './useSites';

export function SitesDrawer() {
  const { store } = useAtlas();
  const words = useText(roomText);
  const sites = useSites();
  const { page, shortlist } = store.room;
  if (sites.status === 'loading') return <div class="drawer-pad"><Loading /></div>;
  if (sites.status === 'failed') return <div class="drawer-pad"><Failure error={sites.error} retry={sites.retry} /></div>;
  if (sites.value.items.length === 0) return <div class="drawer-pad"><div class="notice"><p class="notice-title">{words.noSites}</p><p>{words.noSitesHint}</p></div></div>;
  return (
    <div class="room">
      <fieldset class="room-pages">
        <legend class="visually-hidden">{words.pages}</legend>
        <div class="segments">
          {(['all', 'shortlist'] as const).map((one) => (
            <label key={one}>
              <input type="radio" name="room-page" checked={page.value === one} onChange={() => (page.value = one)} />
              <span>{words[one]}{one === 'shortlist' && shortlist.value.length > 0 && ` · ${shortlist.value.length}`}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {page.value === 'all' ? <SiteList sites={sites.value} /> : <Shortlist sites={sites.value} />}
      <CompareBar />
    </div>
  );
}

/** Always in sight while something is ticked. */
function CompareBar() {
  const { store } = useAtlas();
  const words = useText(roomText);
  const { compared } = store.room;
  const n = compared.value.length;
  return (
    <div class={`room-bar ${n === 0 ? 'empty' : ''}`}>
      <p role="status">{n > 0 && words.comparing(n)}{n > 0 && n < FEWEST_COMPARED && <span class="aside"> {words.tickMore(FEWEST_COMPARED - n)}</span>}</p>
      {n > 0 && (
        <>
          <button type="button" class="button quiet" onClick={() => (compared.value = [])}>{words.clear}</button>
          <button type="button" class="button primary" disabled={!isComparable(compared.value)} onClick={() => openComparison(store)}>{words.compare}</button>
        </>
      )}
    </div>
  );
}
