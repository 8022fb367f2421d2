/** In which format, grouped by the programs that open it; its text encoding where it has a choice; linked records or not. */
import type { FormatChoice as Format } from '../../api/export';
import { byDesk } from '../../state/export-request';
import { pick } from '../../state/language';
import { useAtlas, useText } from '../context';
import { W } from '../parts';
import { exportText } from '../text/export';
import { Radio } from './parts';
import type { Chosen } from './useChosen';

export function FormatChoice({ chosen: { choices, format } }: { chosen: Chosen }) {
  const { store, language } = useAtlas();
  const words = useText(exportText);
  const opens = ({ opens_with, opens_with_en }: Format) => <small><W of={pick(language, opens_with, opens_with_en)} /></small>;
  return (
    <fieldset class="export-field">
      <legend>{words.format}</legend>
      <div class="export-desks">
        {byDesk(choices.formats).map(({ desk, formats }) => (
          <div key={desk} role="group" aria-labelledby={`export-${desk}`}>
            <h3 id={`export-${desk}`}>{words.desks[desk]}</h3>
            {formats.map((one) => (
              <Radio key={one.id} name="export-format" checked={one.id === format.id} choose={() => (store.exporting.format.value = one.id)}>
                {one.title}{opens(one)}
              </Radio>
            ))}
          </div>
        ))}
      </div>
    </fieldset>
  );
}

export function EncodingChoice({ chosen: { format, encoding } }: { chosen: Chosen }) {
  const { store } = useAtlas();
  const words = useText(exportText);
  if (format.encodings.length < 2) return null;
  return (
    <fieldset class="export-field">
      <legend>{words.encoding}</legend>
      {format.encodings.map((one) => (
        <Radio key={one} name="export-encoding" checked={one === encoding} choose={() => (store.exporting.encoding.value = one)} hint={words.encodingHints[one]}>
          {words.encodings[one]}
        </Radio>
      ))}
    </fieldset>
  );
}

export function RecordsChoice({ chosen: { format } }: { chosen: Chosen }) {
  const { store } = useAtlas();
  const words = useText(exportText);
  const { records } = store.exporting;
  return (
    <fieldset class="export-field">
      <legend>{words.records}</legend>
      <label class="export-radio">
        <input type="checkbox" checked={records.value} onChange={(event) => (records.value = event.currentTarget.checked)} />
        <span>{words.recordsOn}<small>{format.tables ? words.recordsHint : words.noTables(format.title)}</small></span>
      </label>
    </fieldset>
  );
}
