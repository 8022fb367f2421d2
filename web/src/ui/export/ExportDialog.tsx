/** Takes layers away: which, what part, in what form; what will come of it; and the download. */
import { api } from '../../api/client';
import { spotOf, spotOfFault, type Spot } from '../../state/export-request';
import { useAtlas, useText } from '../context';
import { useLoaded } from '../load';
import { OverAll } from '../OverAll';
import { Failure, Loading } from '../parts';
import { exportText } from '../text/export';
import { DownloadBar } from './DownloadBar';
import { Foreseen } from './Foreseen';
import { EncodingChoice, FormatChoice, RecordsChoice } from './FormatChoice';
import { LayerTicks } from './LayerTicks';
import { PartChoice } from './PartChoice';
import { ReferenceChoice } from './ReferenceChoice';
import { refusalOf, type Refusal } from './refusal';
import { useChosen } from './useChosen';
import { useForeseen } from './useForeseen';

/** Narrow screens lead there from below. */
const FORESEEN = 'export-foreseen';

export function ExportDialog() {
  const { store } = useAtlas();
  const words = useText(exportText);
  const loaded = useLoaded('export', api.exportChoices);
  const chosen = useChosen(loaded.status === 'here' ? loaded.value : null);
  const fault = typeof chosen?.asked === 'string' ? chosen.asked : null;
  const request = chosen && typeof chosen.asked !== 'string' ? chosen.asked : null;
  const seen = useForeseen(request);

  const spot = fault ? spotOfFault(fault) : seen.error && chosen ? spotOf(seen.error.status, chosen.part) : null;
  const refusal: Refusal | null = fault ? { said: words.faults[fault], detail: null } : seen.error && chosen ? refusalOf(seen.error, chosen.part, words) : null;
  const at = (one: Spot): Refusal | null => (spot === one ? refusal : null);
  return (
    <OverAll
      title={words.title} close={() => (store.dialog.value = null)} wide="export"
      foot={chosen && <DownloadBar foreseen={FORESEEN} request={request} preview={seen.preview} part={chosen.part} />}
    >
      {loaded.status === 'loading' && <Loading />}
      {loaded.status === 'failed' && <Failure error={loaded.error} retry={loaded.retry} />}
      {chosen && (
        <div class="export-sides">
          <form class="export-form" onSubmit={(event) => event.preventDefault()}>
            <LayerTicks chosen={chosen} wrong={at('layers')} />
            <PartChoice chosen={chosen} wrong={at('part')} />
            <FormatChoice chosen={chosen} />
            <EncodingChoice chosen={chosen} />
            <ReferenceChoice chosen={chosen} />
            <RecordsChoice chosen={chosen} />
          </form>
          <Foreseen id={FORESEEN} seen={seen} wrong={at('form')} elsewhere={spot === 'layers' || spot === 'part'} />
        </div>
      )}
    </OverAll>
  );
}
