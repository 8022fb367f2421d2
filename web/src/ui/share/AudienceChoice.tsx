/** For whom the link is, and how long it opens. */
import { useState } from 'preact/hooks';
import { upTo } from '../../state/session';
import { dateAfter, DAYS, daysTo, MOST_DAYS } from '../../state/share';
import { useAtlas, useText } from '../context';
import { Row, Segments } from '../print/parts';
import { sessionText } from '../text/session';
import { shareText } from '../text/share';
import type { Drafting } from './useDraft';

export function AudienceChoice({ drafting: { draft, change } }: { drafting: Drafting }) {
  const { store } = useAtlas();
  const words = useText(shareText);
  const { audiences } = useText(sessionText);
  const session = store.session.value;
  const [wrong, setWrong] = useState(false);
  const now = new Date();
  const hint = session?.holder === null ? `${words.whoHint[draft.audience]}${words.whoOwn}` : words.whoHint[draft.audience];
  const setDays = (days: number | null): void => {
    setWrong(days === null);
    if (days !== null) change({ days });
  };
  return (
    <fieldset class="export-field">
      <legend class="visually-hidden">{words.who}</legend>
      <Segments title={words.who} among={upTo(session?.audience ?? 'public')} names={audiences} chosen={draft.audience} choose={(audience) => change({ audience })} hint={hint} />
      <Segments title={words.long} among={DAYS} names={words.days} chosen={draft.days} choose={setDays} />
      <Row title={words.until}>
        <input
          type="date" required value={dateAfter(draft.days, now)} min={dateAfter(1, now)} max={dateAfter(MOST_DAYS, now)} aria-invalid={wrong}
          onChange={(event) => setDays(daysTo(event.currentTarget.value, now))}
        />
      </Row>
      <p class="export-wrong" role="alert">{wrong && words.untilWrong}</p>
    </fieldset>
  );
}
