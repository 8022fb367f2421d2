/** What can be done with a site: keep it in mind, compare it, hand it over. */
import type { Report } from '../../api/report';
import type { Site } from '../../api/sites';
import { named, type Language } from '../../state/language';
import { MOST_COMPARED, toggled } from '../../state/room';
import { isKept, withKept, withoutKept } from '../../state/shortlist';
import { siteLink } from '../../state/site-link';
import { currentState } from '../../state/store';
import { useAtlas, useText } from '../context';
import { ReportMenu } from '../reports/ReportMenu';
import { roomText } from '../text/room';
import { sitesText } from '../text/sites';
import { Note } from './Note';

export function CardTools({ site }: { site: Site }) {
  const { store, language } = useAtlas();
  const words = useText(roomText);
  const common = useText(sitesText);
  const { shortlist, compared, radius } = store.room;
  const { id, ...place } = site.place;
  const name = named(language, place).text;
  const kept = isKept(shortlist.value, id);
  const chosen = compared.value.includes(id);
  const full = !chosen && compared.value.length >= MOST_COMPARED;
  const brochure = (lang: Language): Report => ({
    kind: 'site', place: id, radius: radius.peek(), link: siteLink(window.location.origin + window.location.pathname, id, lang, currentState(store)),
  });
  return (
    <div class="card-tools">
      <div class="card-buttons">
        <button type="button" class="button" aria-pressed={kept} onClick={() => (shortlist.value = kept ? withoutKept(shortlist.value, id) : withKept(shortlist.value, id))}>
          <span aria-hidden="true">{kept ? '★ ' : '☆ '}</span>{kept ? words.inShortlist : words.toShortlist}
        </button>
        <button type="button" class="button" aria-pressed={chosen} disabled={full} title={full ? words.compareFull : undefined} onClick={() => (compared.value = toggled(compared.value, id))}>
          <span aria-hidden="true">{chosen ? '✓ ' : '+ '}</span>{chosen ? words.inCompare : words.toCompare}
        </button>
        <button type="button" class="button" onClick={() => store.follow('place', id)}>{words.placeDetails}</button>
        <ReportMenu kind="site" about={id} name={`${name}-${common.reports.site}`} report={brochure} />
      </div>
      {kept && <Note place={id} name={name} hinted />}
    </div>
  );
}
