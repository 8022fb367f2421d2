/** What has been drawn, as far as it fits the question: choose one to ask about, edit it, take it away, step back. */
import { formatArea, formatDistance } from '../../../state/format';
import { TOOLS_OF, type QuestionKind } from '../../../state/question';
import { measure, type Shape } from '../../../state/shapes';
import { useAtlas, useText } from '../../context';
import { askText } from '../../text/ask';
import { writtenPosition } from './sentence';

export function Drawings({ kind }: { kind: QuestionKind }) {
  const { store, language } = useAtlas();
  const words = useText(askText);
  const { ask } = store;
  const { now, past, future } = ask.board.value;
  const subject = ask.subject.value?.id;
  const fitting = now.map((drawing, i) => ({ ...drawing, name: words.drawing(drawing.shape.tool, i + 1) }))
    .filter(({ shape }) => TOOLS_OF[kind].includes(shape.tool));
  if (now.length + past.length + future.length === 0) return null;

  const size = (shape: Shape): string => {
    if (shape.tool === 'point') return writtenPosition(shape.point);
    const measured = measure(shape);
    if (!measured) return '';
    return measured.squareMetres === null ? formatDistance(measured.metres, language) : formatArea(measured.squareMetres, language);
  };
  return (
    <div class="drawings">
      {fitting.length > 0 && (
        <ul aria-label={words.drawings}>
          {fitting.map(({ id, shape, name }) => (
            <li key={id}>
              <label>
                <input type="radio" name="ask-subject" checked={id === subject} aria-label={words.askThis(name)} onChange={() => (ask.chosen.value = id)} />
                <span>{name}<span class="aside">{size(shape)}</span></span>
              </label>
              <button type="button" class="button quiet" aria-pressed={ask.editing.value === id} aria-label={words.editOf(name)} onClick={() => ask.edit(id)}>{words.edit}</button>
              <button type="button" class="button quiet" aria-label={words.removeOf(name)} onClick={() => ask.remove([id])}>{words.remove}</button>
            </li>
          ))}
        </ul>
      )}
      <p class="drawing-steps">
        <button type="button" class="button quiet" title={words.undoTitle} disabled={past.length === 0} onClick={() => ask.undo()}>{words.undo}</button>
        <button type="button" class="button quiet" title={words.redoTitle} disabled={future.length === 0} onClick={() => ask.redo()}>{words.redo}</button>
        <button type="button" class="button quiet" disabled={now.length === 0} onClick={() => ask.remove(now.map(({ id }) => id))}>{words.removeAll}</button>
      </p>
    </div>
  );
}
