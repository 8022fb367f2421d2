/** What a file leaves open, for one layer: where the rows stand, in which reference, in which encoding. Nothing is guessed in silence. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Candidate, Encoding, Placing, Question } from '../../../convert/model';
import type { Reference } from '../../../convert/reference';
import type { Bringing } from '../../../state/mine';
import { useAtlas, useText } from '../../context';
import { mineText } from '../../text/mine';
import { noticeWords } from '../../text/mine-reasons';
import { answer, giveUp, reread, weigh } from './bringing';
import { isWhole, PlacingChoice } from './PlacingChoice';
import { ReferenceChoice } from './ReferenceChoice';

const CHOOSABLE: readonly Encoding[] = ['utf-8', 'gb18030', 'utf-16le'];

export function Asking({ asking: { questions, at, again } }: { asking: Extract<Bringing, { kind: 'asking' }> }) {
  const { store, language } = useAtlas();
  const words = useText(mineText);
  const question = questions[at];
  const heading = useRef<HTMLHeadingElement>(null);
  const before = again?.key === question?.key ? again : null;
  const [placing, setPlacing] = useState<Placing | null>(before?.placing ?? question?.table?.guess ?? null);
  const [reference, setReference] = useState<Reference | null>(before?.reference ?? (question?.stated?.kind === 'known' ? question.stated.reference : null));
  const [candidates, setCandidates] = useState<readonly Candidate[]>(question?.candidates ?? []);

  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    if (!question?.table) return undefined;
    let wanted = true;
    if (!placing || !isWhole(placing)) return setCandidates([]);
    void weigh(question.key, placing).then((found) => wanted && setCandidates(found));
    return () => {
      wanted = false;
    };
  }, [JSON.stringify(placing)]);
  if (!question) return null;

  const isTable = question.table !== null;
  const bySeat = placing?.kind === 'township';
  const whole = placing !== null && isWhole(placing);
  const settled = isTable ? whole && (bySeat || reference !== null) : reference !== null;
  const left = questions.length - at - 1;
  const alike = !isTable && left > 0 && questions.slice(at + 1).every(({ table }) => table === null);
  const take = (forAll: boolean): void => answer(store, { key: question.key, reference: bySeat ? null : reference, placing: isTable ? placing : null }, forAll);

  return (
    <form
      class="mine-asking drawer-pad" aria-labelledby="mine-asking"
      onSubmit={(event) => {
        event.preventDefault();
        if (settled) take(false);
      }}
    >
      <h3 id="mine-asking" tabIndex={-1} ref={heading}>
        {words.asking}{language === 'zh' ? '：' : ': '}{question.name}
        {questions.length > 1 && <span class="aside"> {words.askingOf(at + 1, questions.length)}</span>}
      </h3>
      <p class="aside">{words.from(question.file, words.ofFormat[question.format])} · {isTable ? words.rows(question.count) : words.features(question.count)}</p>
      {question.notices.map((notice) => <p class="mine-notice" key={notice.code}>{noticeWords(language, notice)}</p>)}
      {question.decoded && <EncodingChoice question={question} />}
      {question.table && <PlacingChoice table={question.table} placing={placing} choose={setPlacing} />}
      {!bySeat && (!isTable || whole) && <ReferenceChoice question={question} placing={placing} candidates={candidates} reference={reference} choose={setReference} />}
      <p class="mine-actions">
        <button type="submit" class="button primary" disabled={!settled}>{words.take}</button>
        {alike && <button type="button" class="button" disabled={!settled} onClick={() => take(true)}>{words.takeAll(left)}</button>}
        {questions.length > 1 && <button type="button" class="button quiet" onClick={() => answer(store, null)}>{words.skip}</button>}
        <button type="button" class="button quiet" onClick={() => giveUp(store)}>{words.cancel}</button>
      </p>
    </form>
  );
}

function EncodingChoice({ question: { decoded, file } }: { question: Question }) {
  const { store, atlas } = useAtlas();
  const words = useText(mineText);
  if (!decoded) return null;
  return (
    <label class="mine-field">
      <span>{words.encoding} <span class="aside">{words.encodingHow[decoded.how]}</span></span>
      <select value={decoded.encoding} onChange={(event) => reread(store, atlas, file, event.currentTarget.value as Encoding)}>
        {CHOOSABLE.map((encoding) => <option key={encoding} value={encoding}>{words.encodings[encoding]}</option>)}
      </select>
    </label>
  );
}
