/** The drawer of questions: a plain choice of them, then the form of the chosen one with its answer. */
import { useEffect } from 'preact/hooks';
import { QUESTIONS, type Draft, type QuestionKind } from '../../../state/question';
import { useAtlas, useText } from '../../context';
import { askText } from '../../text/ask';
import { Answer } from './Answer';
import { AreaForm, MeasureForm } from './DrawForms';
import { CorridorForm } from './CorridorForm';
import { AroundForm, NearestForm, TownshipForm } from './PlaceForms';
import { PairsForm } from './PairsForm';

export function AskDrawer() {
  const { store } = useAtlas();
  const { ask } = store;
  const draft = ask.draft.value;

  // Another drawer has no use for the tool in hand. Hiding this one, to draw on a small screen, is no farewell.
  useEffect(() => () => void (store.drawer.peek() !== 'ask' && ask.rest()), []);

  return draft ? <OpenQuestion draft={draft} /> : <Questions />;
}

const TITLE = 'ask-title';
const optionId = (kind: QuestionKind): string => `ask-${kind}`;
const focusSoon = (id: string): void => void requestAnimationFrame(() => document.getElementById(id)?.focus());

function Questions() {
  const { store } = useAtlas();
  const words = useText(askText);
  const open = (kind: QuestionKind): void => {
    store.ask.open(kind);
    focusSoon(TITLE);
  };
  return (
    <div class="ask drawer-pad">
      <h2 class="ask-intro">{words.intro}</h2>
      <ul class="ask-questions">
        {QUESTIONS.map((kind) => {
          const [title, hint] = words.questions[kind];
          return (
            <li key={kind}>
              <button type="button" id={optionId(kind)} onClick={() => open(kind)}>
                <span class="ask-question">{title}</span>
                <small>{hint}</small>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function OpenQuestion({ draft }: { draft: Draft }) {
  const { store } = useAtlas();
  const words = useText(askText);
  const back = (): void => {
    store.ask.open(null);
    focusSoon(optionId(draft.kind));
  };
  return (
    <div class="ask">
      <header class="ask-head">
        <button type="button" class="button quiet" onClick={back}><span aria-hidden="true">‹ </span>{words.another}</button>
        <h2 id={TITLE} tabIndex={-1}>{words.questions[draft.kind][0]}</h2>
      </header>
      <div class="ask-form" key={draft.kind}><Form draft={draft} /></div>
      <Answer />
    </div>
  );
}

function Form({ draft }: { draft: Draft }) {
  switch (draft.kind) {
    case 'area': return <AreaForm />;
    case 'measure': return <MeasureForm />;
    case 'township': return <TownshipForm draft={draft} />;
    case 'corridor': return <CorridorForm draft={draft} />;
    case 'around': return <AroundForm draft={draft} />;
    case 'nearest': return <NearestForm draft={draft} />;
    case 'pairs': return <PairsForm draft={draft} />;
  }
}
