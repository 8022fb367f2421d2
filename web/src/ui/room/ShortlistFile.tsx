/** The shortlist as a file: taken away, and read back; a file that is none is refused with its reason. */
import { useRef, useState } from 'preact/hooks';
import { named, titled } from '../../state/language';
import { merged, readShortlist, shortlistFile } from '../../state/shortlist';
import { useAtlas, useText } from '../context';
import { saveFile } from '../save-file';
import { roomText, type RoomText } from '../text/room';
import type { AllSites } from './useSites';

/** Far beyond any list that somebody could have put together. */
const LARGEST = 2_000_000;

type Said = { kind: 'none' } | { kind: 'read'; text: string } | { kind: 'fault'; fault: keyof RoomText['faults'] };

export function ShortlistFile({ sites }: { sites: AllSites }) {
  const { store, atlas, language } = useAtlas();
  const words = useText(roomText);
  const { shortlist } = store.room;
  const [said, setSaid] = useState<Said>({ kind: 'none' });
  const input = useRef<HTMLInputElement>(null);

  const save = (): void => {
    const now = new Date();
    const nameOf = (place: string): string | null => {
      const site = sites.at.get(place);
      return site ? named(language, site.place).text : null;
    };
    const name = [titled(language, atlas).text, words.listFile, now.toISOString().slice(0, 10)].join('-');
    saveFile(`${name}.json`, shortlistFile(shortlist.value, nameOf, atlas.data_version, now), 'application/json;charset=utf-8');
  };
  const read = async (file: File): Promise<void> => {
    if (file.size > LARGEST) return setSaid({ kind: 'fault', fault: 'tooLarge' });
    const result = readShortlist(await file.text());
    if (!result.ok) return setSaid({ kind: 'fault', fault: result.fault });
    const { list, added, unknown } = merged(shortlist.value, result.list, new Set(sites.at.keys()));
    shortlist.value = list;
    const there = result.list.length - added - unknown.length;
    const sentences = [words.read(added, there), ...(unknown.length ? [words.unknown(unknown.length)] : [])];
    setSaid({ kind: 'read', text: sentences.map((one) => one + words.sentenceEnd).join(language === 'zh' ? '' : ' ') });
  };
  return (
    <div class="shortlist-file">
      <p>
        <button type="button" class="button" disabled={shortlist.value.length === 0} onClick={save}>{words.saveList}</button>
        <button type="button" class="button" onClick={() => input.current?.click()}>{words.readList}</button>
        <input
          ref={input} type="file" accept=".json,application/json" hidden
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            // The same file can be read again after it has been mended.
            event.currentTarget.value = '';
            if (file) void read(file);
          }}
        />
      </p>
      <p role="status">{said.kind === 'read' && said.text}</p>
      {said.kind === 'fault' && <p class="export-wrong" role="alert">{words.faults[said.fault]}</p>}
    </div>
  );
}
