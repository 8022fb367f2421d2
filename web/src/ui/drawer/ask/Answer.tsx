/** What the map answers: on its way, impossible, or here; with what stands in the way and what to do. */
import { useEffect, useRef } from 'preact/hooks';
import type { ApiError } from '../../../api/client';
import { named } from '../../../state/language';
import type { QuestionKind } from '../../../state/question';
import { NO_REACH } from '../../../state/reach';
import { useAtlas, useText } from '../../context';
import { Failure } from '../../parts';
import { askText } from '../../text/ask';
import { AnswerHead } from './AnswerHead';
import { totalOf } from './answer-places';
import type { Asked, Obstacle } from './answering';
import { ListAnswer } from './ListAnswer';
import { Measured } from './Measured';
import { partName } from './sentence';
import { useAnswer } from './useAnswer';
import { WithinAnswer } from './WithinAnswer';

export function Answer() {
  const { store } = useAtlas();
  const words = useText(askText);
  const question = store.ask.question.value;
  const kind = store.ask.draft.value?.kind;
  return (
    <section class="ask-answer" aria-label={words.answer}>
      {question?.kind === 'measure' ? <Measured shape={question.shape} /> : question ? <Replied question={question} /> : kind && <p class="ask-missing">{missing(kind, words)}</p>}
    </section>
  );
}

function missing(kind: QuestionKind, words: (typeof askText)['zh']): string {
  switch (kind) {
    case 'area': return words.completeArea;
    case 'township': return words.completeTownship;
    case 'corridor': return words.completeCorridor;
    case 'around':
    case 'nearest': return words.completeOrigin;
    case 'pairs': return words.completePairs;
    case 'measure': return words.completeMeasure;
  }
}

function Replied({ question }: { question: Asked }) {
  const { store } = useAtlas();
  const words = useText(askText);
  const answering = useAnswer(question);
  const answered = answering.status === 'here' ? answering.answered : null;

  useEffect(() => {
    if (!answered) return undefined;
    const found = new Set(answered.lit);
    store.found.value = found;
    store.ask.reach.value = answered.reach;
    return () => {
      // A table may have found something of its own meanwhile.
      if (store.found.peek() === found) store.found.value = null;
      store.ask.reach.value = NO_REACH;
    };
  }, [answered]);

  // The form may be as high as the screen; whoever has asked wants to see that there is an answer.
  const head = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (answering.status !== 'asking') showAnswer(head.current);
  }, [answering.status]);

  const total = answered && totalOf(answered.result);
  const said = answering.status === 'asking' ? (answering.slow ? words.asking : '') : total === null ? '' : total ? words.total(total) : words.none;
  return (
    <>
      <p class="ask-said" role="status" ref={head}>{said}</p>
      {answering.status === 'failed' && <Failed error={answering.error} retry={answering.retry} />}
      {answering.status === 'unanswerable' && <Impossible obstacle={answering.obstacle} question={question} />}
      {answered && (
        <>
          <AnswerHead answered={answered} />
          {answered.result.kind === 'within' ? <WithinAnswer answered={answered} result={answered.result} /> : <ListAnswer answered={answered} result={answered.result} />}
        </>
      )}
    </>
  );
}

/** Scrolls the drawer, and nothing else, so that at least the upper part of the answer is seen. */
function showAnswer(said: HTMLElement | null): void {
  const box = said?.closest('.layers-body');
  if (!said || !box) return;
  const { top, height } = box.getBoundingClientRect();
  const at = said.getBoundingClientRect().top - top;
  if (at > height * 0.6) box.scrollBy({ top: at - height * 0.35 });
}

/** What the server says of a drawing is English and technical; what to do about it is said here. */
function Failed({ error, retry }: { error: ApiError; retry: () => void }) {
  const words = useText(askText);
  const { words: common } = useAtlas();
  const remedy = /the layer has/.test(error.detail ?? '') ? words.tooManyFeatures
    : error.status === 413 || /positions/.test(error.detail ?? '') ? words.tooDetailed
    : error.status === 422 ? (/self-intersection|invalid/.test(error.detail ?? '') ? words.crossesItself : words.refused)
    : error.status === 503 ? (/not ready within/.test(error.detail ?? '') ? words.tooLong : words.busy) : null;
  if (!remedy) return <Failure error={error} retry={retry} />;
  return (
    <div class="notice" role="alert">
      <p class="notice-title">{words.failed}</p>
      <p>{remedy}</p>
      {error.detail && error.status !== 503 && <p class="aside" lang="en">{error.detail}</p>}
      {error.status === 503 && <button type="button" class="button" onClick={retry}>{common.retry}</button>}
    </div>
  );
}

function Impossible({ obstacle, question }: { obstacle: Obstacle; question: Asked }) {
  const { atlas, store, language } = useAtlas();
  const words = useText(askText);
  const speech = { atlas, language, words, own: store.mine.layers.value };
  const said = obstacle.why === 'crosses' ? words.crossesItself
    : obstacle.why === 'unlocated' ? words.unlocatedOrigin(named(language, obstacle.place).text)
    : question.kind === 'pairs' ? words.nothingLocated(partName(question[obstacle.part], speech)) : words.refused;
  return (
    <div class="notice" role="alert">
      <p class="notice-title">{words.failed}</p>
      <p>{said}</p>
    </div>
  );
}
