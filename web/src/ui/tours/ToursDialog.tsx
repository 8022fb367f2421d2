/** The tours there are, to be started, and one's own, to be put together. */
import { useAtlas, useText } from '../context';
import { useLoaded } from '../load';
import { OverAll } from '../OverAll';
import { Failure, Loading, W } from '../parts';
import { present } from '../present/start';
import { toursOf } from '../present/useTour';
import { pick } from '../../state/language';
import { toursText } from '../text/tours';
import { OwnTourEditor, OwnTourBar } from './OwnTourEditor';

export function ToursDialog() {
  const { store } = useAtlas();
  const words = useText(toursText);
  const close = (): void => {
    store.dialog.value = null;
    store.presenting.edited.value = null;
  };
  return (
    <OverAll title={words.title} close={close} wide="tours-dialog" foot={<OwnTourBar />}>
      <section aria-labelledby="tours-ready">
        <h3 id="tours-ready">{words.ready}</h3>
        <Ready />
        <p class="aside">{words.how}</p>
      </section>
      <OwnTourEditor />
    </OverAll>
  );
}

function Ready() {
  const { store, language } = useAtlas();
  const words = useText(toursText);
  const loaded = useLoaded('tours', toursOf);
  if (loaded.status === 'loading') return <Loading />;
  if (loaded.status === 'failed') return <Failure error={loaded.error} retry={loaded.retry} />;
  if (loaded.value.length === 0) return <p>{words.readyNone}</p>;
  return (
    <ul class="tours-ready">
      {loaded.value.map((tour) => {
        const title = pick(language, tour.title, tour.title_en);
        return (
          <li key={tour.id}>
            <span class="tours-name"><W of={title} /></span>
            <span class="aside">{words.stopsOf(tour.stops.length)}</span>
            <button type="button" class="button primary" aria-label={words.startOf(title.text)} onClick={() => present(store, { tour: tour.id, stop: 1 })}>{words.start}</button>
          </li>
        );
      })}
    </ul>
  );
}
