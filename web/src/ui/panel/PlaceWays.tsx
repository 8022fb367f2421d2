/** From a place onwards: its card for investors if it is a site, what lies around it, and its dossier to hand over. */
import { api } from '../../api/client';
import type { Place } from '../../api/types';
import { named } from '../../state/language';
import { useAtlas, useText } from '../context';
import { useLoaded } from '../load';
import { ReportMenu } from '../reports/ReportMenu';
import { sitesText } from '../text/sites';

export function PlaceWays({ place }: { place: Place }) {
  const { store, language } = useAtlas();
  const words = useText(sitesText);
  // Whether it is a site is a thing in addition: a list that does not come is no failure of this panel.
  const sites = useLoaded('sites', api.sites);
  const isSite = sites.status === 'here' && sites.value.items.some((site) => site.place.id === place.id);
  return (
    <div class="place-ways">
      {isSite && <button type="button" class="button primary" onClick={() => store.follow('site', place.id)}>{words.siteCard}</button>}
      {place.point && <button type="button" class="button" onClick={() => store.follow('around', place.id)}>{words.around}</button>}
      {place.kind.id === 'township' && (
        <ReportMenu kind="place" about={place.id} name={`${named(language, place).text}-${words.reports.place}`} report={() => ({ kind: 'place', place: place.id })} />
      )}
    </div>
  );
}
