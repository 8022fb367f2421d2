/** What the picture will look like. The sheet lies in a frame that stays as it is; the old one stays until the new one is there. */
import { named } from '../../state/language';
import { isPaper } from '../../state/picture';
import { previewAddress } from '../../state/picture-request';
import { screenSize } from '../../state/picture-size';
import { writeScale, type SheetSize } from '../../state/picture-sheet';
import { useAtlas, useText } from '../context';
import { Wrong } from '../export/parts';
import type { Refusal } from '../export/refusal';
import { printText } from '../text/print';
import type { Chosen } from './useChosen';
import type { PreviewSeen } from './usePreview';

export function Preview({ chosen, seen, wrong, again }: { chosen: Chosen; seen: PreviewSeen; wrong: Refusal | null; again: (() => void) | null }) {
  const { words: common } = useAtlas();
  const words = useText(printText);
  const { picture } = chosen;
  const waiting = !wrong && !seen.sheet;
  const said = wrong ? '' : waiting ? words.previewing : seen.sheet ? describe(seen.sheet, chosen, words) : '';
  return (
    <section class="picture-preview" aria-labelledby="picture-preview" aria-busy={waiting}>
      <header>
        <h3 id="picture-preview">{words.preview}</h3>
        <p role="status">{said}</p>
        {picture && seen.sheet && <a class="button quiet" href={previewAddress(picture)} target="_blank" rel="noopener" title={words.enlargeHint}>{words.enlarge}</a>}
      </header>
      <div class="picture-stage">
        {wrong
          ? <div class="picture-wrong"><Wrong refusal={wrong} />{again && <button type="button" class="button" onClick={again}>{common.retry}</button>}</div>
          : <Paper sheet={seen.sheet ?? seen.last} chosen={chosen} />}
      </div>
      <Which chosen={chosen} />
    </section>
  );
}

function Paper({ sheet, chosen: { choice, lying, heading } }: { sheet: (SheetSize & { source: string }) | null; chosen: Chosen }) {
  const words = useText(printText);
  const [width, height] = sheet ? [sheet.width, sheet.height] : screenSize(choice.size, lying);
  return (
    <div class="picture-paper" style={{ '--ratio': String(width / height) }}>
      {sheet && <img src={sheet.source} alt={words.drawn(heading)} />}
    </div>
  );
}

/** Of many sheets, which one is shown. */
function Which({ chosen: { choice, subjects: { each } } }: { chosen: Chosen }) {
  const { language } = useAtlas();
  const words = useText(printText);
  return choice.subject === 'each' && each ? <p class="picture-which">{words.firstOf(named(language, each.first).text, each.sheets)}</p> : null;
}

function describe({ width, height, scale }: SheetSize, { choice }: Chosen, words: (typeof printText)['zh']): string {
  if (!isPaper(choice.size)) return words.onScreen(width, height);
  const size = words.onPaper(words.sizes[choice.size], width > height, width, height);
  const known = choice.scale ?? scale;
  return known === null ? size : `${size} · ${writeScale(known)}`;
}
