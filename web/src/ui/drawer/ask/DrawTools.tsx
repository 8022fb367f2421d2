/** Drawing as the drawer offers it: tools for the map, the same by keyboard, and what has been drawn. */
import type { QuestionKind } from '../../../state/question';
import type { Tool } from '../../../state/shapes';
import { useAtlas, useText } from '../../context';
import { isNarrow } from '../../narrow';
import { askText } from '../../text/ask';
import { Drawings } from './Drawings';
import { TypedShape } from './TypedShape';

export function DrawTools({ kind, tools }: { kind: QuestionKind; tools: readonly Tool[] }) {
  const { store } = useAtlas();
  const words = useText(askText);
  const { ask } = store;
  const inHand = ask.tool.value;
  const take = (tool: Tool): void => {
    ask.take(tool);
    // The drawer lies over the map there.
    if (ask.tool.peek() && isNarrow('drawers')) store.layersOpen.value = false;
  };
  return (
    <div class="draw-tools">
      <div class="tool-row" role="group" aria-label={words.drawOnMap}>
        {tools.map((tool) => (
          <button key={tool} type="button" class="button tool" aria-pressed={inHand === tool} aria-label={tool === 'point' ? words.pickPoint : words.draw(tool)} onClick={() => take(tool)}>
            <ToolPicture tool={tool} />
            {tool === 'point' ? words.pickPoint : words.tools[tool]}
          </button>
        ))}
      </div>
      {ask.penFailed.value && <p class="field-fault" role="alert">{words.penFailed}</p>}
      <TypedShape tools={tools} />
      <Drawings kind={kind} />
    </div>
  );
}

const PICTURES: Record<Tool, string> = {
  polygon: 'M3 6.5 9.5 2l4 6.5L10 14 3.5 12z',
  rectangle: 'M2.5 4h11v8h-11z',
  circle: 'M8 2.2a5.8 5.8 0 1 0 .01 0z',
  line: 'm2 12 4-6 4 3.5L14 3',
  point: 'M8 14.5C5 10.5 3.8 8.6 3.8 6.4a4.2 4.2 0 0 1 8.4 0c0 2.2-1.2 4.1-4.2 8.1zM8 5a1.4 1.4 0 1 0 .01 0z',
};

const ToolPicture = ({ tool }: { tool: Tool }) => <svg viewBox="0 0 16 16" aria-hidden="true"><path d={PICTURES[tool]} /></svg>;
