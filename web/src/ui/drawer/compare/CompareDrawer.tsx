/** The drawer of comparisons: two pictures under a curtain, or townships in columns. */
import { useAtlas, useText } from '../../context';
import { compareText } from '../../text/compare';
import { ColumnsChoice } from './ColumnsChoice';
import { SwipeChoice } from './SwipeChoice';
import { SwipeStart } from './SwipeStart';

export function CompareDrawer() {
  const { store } = useAtlas();
  const words = useText(compareText);
  const swipe = store.swipe.value;
  return (
    <div class="drawer-pad compare">
      <section aria-labelledby="compare-swipe">
        <h3 id="compare-swipe">{words.swipe}</h3>
        {swipe ? <SwipeChoice swipe={swipe} /> : <SwipeStart />}
      </section>
      <section aria-labelledby="compare-columns">
        <h3 id="compare-columns">{words.columns}</h3>
        <ColumnsChoice />
      </section>
    </div>
  );
}
