/** A link is put together: what goes along on the left, what it will open and the link itself on the right. */
import { sessions } from '../../api/session';
import { useAtlas, useText } from '../context';
import { OverAll } from '../OverAll';
import { sessionText } from '../text/session';
import { shareText } from '../text/share';
import { AudienceChoice } from './AudienceChoice';
import { LayerTicks } from './LayerTicks';
import { Made } from './Made';
import { OpensWith } from './OpensWith';
import { useDraft } from './useDraft';

export function ShareDialog() {
  const { store } = useAtlas();
  const session = store.session.value;
  if (!session?.has_key) return <NoKey />;
  if (session.share) return <InShare />;
  return session.audience === 'internal' ? <Making /> : <ForStaff />;
}

function Making() {
  const { store } = useAtlas();
  const words = useText(shareText);
  const drafting = useDraft();
  const { draft, outcome, outside, make } = drafting;
  const ready = draft.layers.length > 0 && !outside && outcome.is !== 'asking';
  return (
    <OverAll
      title={words.title} close={() => (store.dialog.value = null)} wide="share-dialog"
      foot={(
        <div class="export-bar">
          <p class="export-state" role="status">{draft.layers.length === 0 && words.faults.noLayers}</p>
          <button type="button" class="button primary" aria-disabled={!ready} onClick={() => ready && make()}>{outcome.is === 'asking' ? words.making : words.make}</button>
        </div>
      )}
    >
      <div class="share-sides">
        <form class="share-form" onSubmit={(event) => event.preventDefault()}>
          <LayerTicks drafting={drafting} />
          <OpensWith drafting={drafting} />
          <AudienceChoice drafting={drafting} />
        </form>
        <Made drafting={drafting} />
      </div>
    </OverAll>
  );
}

/** Whoever is not of the staff signs in first. */
function ForStaff() {
  const { store } = useAtlas();
  const words = useText(shareText);
  const session = useText(sessionText);
  return (
    <OverAll title={words.title} close={() => (store.dialog.value = null)}>
      <div class="notice">
        <p class="notice-title">{words.forStaff}</p><p>{words.forStaffHint}</p>
        <button type="button" class="button primary" onClick={() => (store.dialog.value = 'session')}>{session.signInMenu}</button>
      </div>
    </OverAll>
  );
}

function NoKey() {
  const { store } = useAtlas();
  const words = useText(shareText);
  return (
    <OverAll title={words.title} close={() => (store.dialog.value = null)}>
      <div class="notice"><p class="notice-title">{words.noKey}</p><p>{words.noKeyHint}</p></div>
    </OverAll>
  );
}

function InShare() {
  const { store } = useAtlas();
  const words = useText(shareText);
  const { leave } = useText(sessionText);
  const go = (): void => void sessions.leaveShare().then(() => window.location.assign(window.location.pathname), () => undefined);
  return (
    <OverAll title={words.title} close={() => (store.dialog.value = null)}>
      <div class="notice"><p class="notice-title">{words.inShare}</p><p>{words.inShareHint}</p><button type="button" class="button" onClick={go}>{leave}</button></div>
    </OverAll>
  );
}
