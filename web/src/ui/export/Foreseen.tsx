/** What the file will hold and what it cannot, told before anybody downloads it. */
import type { Preview } from '../../api/export';
import { lossGroups } from '../../state/export-report';
import { titled } from '../../state/language';
import { useAtlas, useText } from '../context';
import { Fact } from '../parts';
import { exportText } from '../text/export';
import { Losses } from './Losses';
import { Wrong } from './parts';
import type { Refusal } from './refusal';
import type { Foreseen as Seen } from './useForeseen';

export function Foreseen({ id, seen, wrong, elsewhere }: { id: string; seen: Seen; wrong: Refusal | null; elsewhere: boolean }) {
  const { words: common } = useAtlas();
  const words = useText(exportText);
  const shown = seen.error || elsewhere ? null : (seen.preview ?? seen.last);
  const waiting = !seen.preview && !seen.error && !elsewhere;
  return (
    <section class="export-preview" id={id} aria-labelledby="export-preview" aria-busy={waiting} tabIndex={0}>
      <h3 id="export-preview">{words.preview}</h3>
      <p class="export-said" role="status">
        {elsewhere ? words.mendFirst : waiting ? words.checking : seen.preview ? words.summary(seen.preview.features, lossGroups(seen.preview.losses).length) : ''}
      </p>
      <Wrong refusal={wrong} />
      {wrong && <p><button type="button" class="button" onClick={seen.again}>{common.retry}</button></p>}
      {shown && <File preview={shown} />}
    </section>
  );
}

function File({ preview }: { preview: Preview }) {
  const { atlas, language } = useAtlas();
  const words = useText(exportText);
  const title = (id: string, own: string): string => {
    const layer = atlas.layers.find((one) => one.id === id);
    return layer ? titled(language, layer).text : own;
  };
  return (
    <>
      <dl class="facts">
        <Fact term={words.file}><code>{preview.name}</code></Fact>
        <Fact term={words.features}>
          {words.featureCount(preview.features, preview.unlocated)}
          {preview.layers.length > 1 && <span class="export-counts">{preview.layers.map((layer) => `${title(layer.id, layer.title)} ${layer.count}`).join(' · ')}</span>}
        </Fact>
        <Fact term={words.recordCount}>{preview.records ? words.recordsOf(preview.records) : words.noRecords}</Fact>
        <Fact term={words.system}>{preview.crs.name}{preview.crs.shifted && <> <span class="tag warn">{words.shifted}</span></>}</Fact>
        <Fact term={words.beside}>{words.besideFiles(preview.losses.length > 0, preview.renamed.length > 0)}</Fact>
      </dl>
      <h3>{words.losses}</h3>
      <Losses preview={preview} />
    </>
  );
}
