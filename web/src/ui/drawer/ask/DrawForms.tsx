/** Questions about what is drawn: what lies in it, and how long or large it is. */
import { TOOLS_OF } from '../../../state/question';
import { useAtlas, useText } from '../../context';
import { askText } from '../../text/ask';
import { DrawTools } from './DrawTools';

export function AreaForm() {
  const { store } = useAtlas();
  const words = useText(askText);
  return (
    <>
      <DrawTools kind="area" tools={TOOLS_OF.area} />
      <p class="instead"><button type="button" class="button quiet" onClick={() => store.ask.open('township')}>{words.takeTownship}</button></p>
    </>
  );
}

export const MeasureForm = () => <DrawTools kind="measure" tools={TOOLS_OF.measure} />;
