/** Over the map while a tool is in hand: how to use it, what it measures so far, and its buttons for fingers. */
import { useEffect } from 'preact/hooks';
import { formatArea, formatDistance } from '../../../state/format';
import { measure } from '../../../state/shapes';
import { useAtlas, useText } from '../../context';
import { isNarrow } from '../../narrow';
import { askText } from '../../text/ask';
import { useDrawingKeys } from './useDrawingKeys';

export function DrawingBar() {
  const { store, language } = useAtlas();
  const words = useText(askText);
  const { ask } = store;
  useDrawingKeys();
  const { atWork, tool, sketch } = ask;
  const working = atWork.value;

  // Where the drawer lies over the map it comes back with the answer.
  useEffect(() => {
    if (working) return () => void (isNarrow('drawers') && store.drawer.peek() === 'ask' && (store.layersOpen.value = true));
    return undefined;
  }, [working]);

  if (!working) return null;
  const measured = sketch.value && measure(sketch.value);
  const size = measured && (measured.radius !== null ? `${words.radius} ${formatDistance(measured.radius, language)}`
    : measured.squareMetres !== null ? formatArea(measured.squareMetres, language) : formatDistance(measured.metres, language));
  const inHand = tool.value;
  return (
    <section class="draw-bar sheet" aria-label={words.drawingBar}>
      <p role="status">{inHand ? (ask.tooFew.value ? words.tooFew[inHand] : words.how[inHand]) : words.howToEdit}</p>
      {size && <p class="draw-size" aria-hidden="true">{size}</p>}
      <div class="draw-buttons">
        {inHand !== 'point' && <button type="button" class="button quiet" onClick={() => ask.back()}>{inHand ? words.stepBack : words.undo}</button>}
        {inHand !== 'point' && <button type="button" class="button" onClick={() => (inHand ? (ask.gesture.value = 'finish') : ask.rest())}>{words.finish}</button>}
        {inHand && <button type="button" class="button quiet" onClick={() => ask.rest()}>{words.cancel}</button>}
      </div>
    </section>
  );
}
