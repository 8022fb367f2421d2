/** What is written on and around the map: heading, language, margins, grid. */
import { useId } from 'preact/hooks';
import { LANGUAGES } from '../../state/language';
import { NETS } from '../../state/picture';
import { useAtlas, useText } from '../context';
import { printText } from '../text/print';
import { Row, Segments } from './parts';
import type { Chosen } from './useChosen';

/** Longer headings run off the sheet. */
const LONGEST = 60;

export function DressChoice({ chosen: { choice, choose, language, heading, subjectKey } }: { chosen: Chosen }) {
  const { store, language: page } = useAtlas();
  const words = useText(printText);
  const id = useId();
  const off = !choice.margins ? words.headingOff : choice.subject === 'each' ? words.headingEach : null;
  return (
    <>
      <Row title={words.heading}>
        <input
          type="text" maxLength={LONGEST} value={off ? '' : heading} placeholder={off ?? ''} disabled={off !== null}
          onInput={(event) => (store.picturing.title.value = { of: subjectKey, text: event.currentTarget.value })}
        />
      </Row>
      <Segments
        title={words.language} among={LANGUAGES} names={words.languages} chosen={language}
        choose={(one) => choose({ language: one === page ? null : one })}
      />
      <div class="picture-row">
        <span id={id}>{words.margins}</span>
        <label class="picture-check">
          <input type="checkbox" aria-describedby={id} checked={choice.margins} onChange={(event) => choose({ margins: event.currentTarget.checked })} />
          {words.marginsOn}
        </label>
      </div>
      <Segments title={words.net} among={NETS} names={words.nets} chosen={choice.net} choose={(net) => choose({ net })} />
    </>
  );
}
