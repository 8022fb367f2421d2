/** One's own tour: its name, its stops in order, and what can be done with the whole of it. */
import { changedStop, movedStop, withoutStop } from '../../state/own-tour';
import { pick } from '../../state/language';
import { OWN_TOUR } from '../../state/tour';
import { toursToml } from '../../state/tours-toml';
import { useAtlas, useText } from '../context';
import { W } from '../parts';
import { present } from '../present/start';
import { toursOf } from '../present/useTour';
import { saveFile } from '../save-file';
import { toursText } from '../text/tours';
import { keepView } from './keeping';
import { StopForm } from './StopForm';
import { TextField } from './TextField';

export function OwnTourEditor() {
  const { store, atlas } = useAtlas();
  const words = useText(toursText);
  const own = store.presenting.own.value;
  return (
    <section class="tours-own" aria-labelledby="tours-own">
      <h3 id="tours-own">{words.own}</h3>
      <p class="aside">{words.ownIntro}</p>
      <div class="tours-pair">
        <TextField label={words.ownTitle} lang="zh" value={own.title} change={(title) => (store.presenting.own.value = { ...own, title })} />
        <TextField label={words.ownTitleEn} lang="en" value={own.title_en} change={(title_en) => (store.presenting.own.value = { ...own, title_en })} />
      </div>
      {own.stops.length === 0 ? <p class="tours-none">{words.ownNone}</p> : <ol class="tours-stops">{own.stops.map((_, i) => <OwnStop key={i} at={i} />)}</ol>}
      <p><button type="button" class="button" onClick={() => void keepView(store, atlas)}>{words.keep}</button></p>
    </section>
  );
}

function OwnStop({ at }: { at: number }) {
  const { store, language } = useAtlas();
  const words = useText(toursText);
  const { own, edited } = store.presenting;
  const stop = own.value.stops[at];
  if (!stop) return null;
  const name = stop.title || stop.title_en ? pick(language, stop.title || stop.title_en, stop.title_en) : { text: words.unnamed(at + 1), lang: language };
  const open = edited.value === at;
  const move = (by: 1 | -1): void => {
    own.value = movedStop(own.value, at, by);
    if (open) edited.value = at + by;
    else if (edited.value === at + by) edited.value = at;
  };
  const remove = (): void => {
    own.value = withoutStop(own.value, at);
    const other = edited.value;
    edited.value = other === null || other === at ? null : other > at ? other - 1 : other;
  };
  return (
    <li class={open ? 'open' : ''}>
      <div class="tours-stop">
        <span class="tours-index" aria-hidden="true">{at + 1}</span>
        <span class="tours-name"><W of={name} /></span>
        <button type="button" class="button" aria-expanded={open} aria-label={words.editOf(name.text)} onClick={() => (edited.value = open ? null : at)}>{words.edit}</button>
        <button type="button" class="icon-button" disabled={at === 0} aria-label={words.up(name.text)} onClick={() => move(-1)}><span aria-hidden="true">↑</span></button>
        <button type="button" class="icon-button" disabled={at === own.value.stops.length - 1} aria-label={words.down(name.text)} onClick={() => move(1)}><span aria-hidden="true">↓</span></button>
        <button type="button" class="icon-button" aria-label={words.remove(name.text)} onClick={remove}><span aria-hidden="true">×</span></button>
      </div>
      {open && <StopForm stop={stop} change={(change) => (own.value = changedStop(own.value, at, change))} />}
    </li>
  );
}

/** Below the dialog, as long as there is something to present. */
export function OwnTourBar() {
  const { store } = useAtlas();
  const words = useText(toursText);
  const own = store.presenting.own.value;
  const gaps = own.stops.filter((stop) => [stop.title, stop.title_en, stop.caption, stop.caption_en].some((text) => !text.trim())).length;
  const none = own.stops.length === 0;
  const download = async (): Promise<void> => {
    // A folder takes no two tours of one id; a server that does not answer has its own troubles.
    const taken = await toursOf().then((tours) => tours.map(({ id }) => id), () => []);
    saveFile('tours.toml', toursToml(own, words.ownUnnamed, taken), 'application/toml;charset=utf-8');
  };
  return (
    <div class="export-bar">
      <p class="export-state">{gaps > 0 && words.gaps(gaps)}</p>
      <button type="button" class="button" disabled={none} onClick={() => present(store, { tour: OWN_TOUR, stop: 1 })}>{words.play}</button>
      <button type="button" class="button" disabled={none} onClick={() => void download()}>{words.download}</button>
    </div>
  );
}
