/** What the reader has written about a site of their shortlist. */
import { useId } from 'preact/hooks';
import { withNote } from '../../state/shortlist';
import { useAtlas, useText } from '../context';
import { roomText } from '../text/room';

export function Note({ place, name, hinted = false }: { place: string; name: string; hinted?: boolean }) {
  const { store } = useAtlas();
  const words = useText(roomText);
  const { shortlist } = store.room;
  const id = useId();
  const note = shortlist.value.find((one) => one.place === place)?.note ?? '';
  return (
    <div class="ask-field site-note">
      <label for={id}>{words.note}</label>
      <textarea id={id} aria-label={words.noteTo(name)} rows={Math.min(5, Math.max(2, note.split('\n').length))} value={note} placeholder={words.notePlaceholder} onInput={(event) => (shortlist.value = withNote(shortlist.value, place, event.currentTarget.value))} />
      {hinted && <NoteHint />}
    </div>
  );
}

export function NoteHint() {
  const { store } = useAtlas();
  const words = useText(roomText);
  return <p class="aside">{store.settings.kept.value ? words.noteHint : words.noteNotKept}</p>;
}
