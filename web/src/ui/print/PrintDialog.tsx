/** The map on a sheet to scale, or as a picture: what, on what, dressed how; how it will look; and the file. */
import { concernsFile, previewAddress } from '../../state/picture-request';
import { useAtlas, useText } from '../context';
import { OverAll } from '../OverAll';
import { printText } from '../text/print';
import { DressChoice } from './DressChoice';
import { FileChoice } from './FileChoice';
import { Preview } from './Preview';
import { PrintBar } from './PrintBar';
import { refusalOf } from './refusal';
import { SheetChoice } from './SheetChoice';
import { SubjectChoice } from './SubjectChoice';
import { useChosen } from './useChosen';
import { usePreview } from './usePreview';

export function PrintDialog() {
  const { store } = useAtlas();
  const words = useText(printText);
  const chosen = useChosen();
  const { picture, fault, subjects } = chosen;
  const seen = usePreview(picture && previewAddress(picture));
  const error = seen.error ?? (picture || fault ? null : subjects.failed?.error) ?? null;
  const wrong = fault && !concernsFile(fault) ? { said: words.wrongs[fault], detail: null } : error && refusalOf(error, words);
  // A refusal stays one however often it is asked for.
  const again = !error || (error.status >= 400 && error.status < 500) ? null : seen.error ? seen.again : (subjects.failed?.retry ?? null);
  return (
    <OverAll title={words.title} close={() => (store.dialog.value = null)} wide="picture-dialog" foot={<PrintBar chosen={chosen} sheet={seen.sheet} />}>
      <div class="picture-sides">
        <form class="picture-form" onSubmit={(event) => event.preventDefault()}>
          <SubjectChoice chosen={chosen} />
          <SheetChoice chosen={chosen} fitted={seen.sheet?.scale ?? null} />
          <DressChoice chosen={chosen} />
          <FileChoice chosen={chosen} />
        </form>
        <Preview chosen={chosen} seen={seen} wrong={wrong} again={again} />
      </div>
    </OverAll>
  );
}
