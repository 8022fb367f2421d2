/** Small parts of answers: a group that folds, and the marks that say how sure an item is. */
import type { ComponentChildren } from 'preact';
import type { Accuracy } from '../../../api/types';
import { useText } from '../../context';
import { askText } from '../../text/ask';

export function AnswerGroup({ title, count, open = false, small = false, children }: {
  title: ComponentChildren; count: number; open?: boolean; small?: boolean; children: ComponentChildren;
}) {
  if (count === 0) return null;
  return (
    <details class={small ? 'answer-group small' : 'answer-group'} open={open}>
      <summary><span>{title}</span> <span class="count">{count}</span></summary>
      <div class="answer-group-body">{children}</div>
    </details>
  );
}

export function Marks({ relation, accuracy, doubtful }: { relation: string | null; accuracy: Accuracy | null; doubtful: boolean }) {
  const words = useText(askText);
  return (
    <span class="ask-marks">
      {relation && <span>{relation}</span>}
      {accuracy && <span>{words.accuracyShort[accuracy]}</span>}
      {doubtful && <span class="tag warn" title={words.borderlineHint}>{words.borderline}</span>}
    </span>
  );
}
