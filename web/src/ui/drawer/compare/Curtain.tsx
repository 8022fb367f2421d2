/** The curtain on the map: a line that is dragged, or moved by keys, and what lies on either side of it. */
import { useEffect, useRef } from 'preact/hooks';
import { titled } from '../../../state/language';
import { isVisible } from '../../../state/layers';
import { CURTAIN, hangAt, type SideName, type Swipe } from '../../../state/swipe';
import { useAtlas, useText } from '../../context';
import { compareText } from '../../text/compare';
import { inSight } from './sight';

/** So near to a panel the curtain cannot be dragged: its handle would vanish underneath. */
const EDGE = 26;

export function Curtain({ swipe }: { swipe: Swipe }) {
  const { store } = useAtlas();
  const words = useText(compareText);
  const line = useRef<HTMLDivElement>(null);
  const at = store.curtain.value;

  useEffect(() => {
    store.curtain.value = swipe.at;
  }, [swipe.at]);

  const rest = (percent: number): void => {
    store.curtain.value = hangAt(percent);
    store.swipe.value = { ...swipe, at: store.curtain.value };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to: Record<string, number> = {
      ArrowLeft: at - CURTAIN.step, ArrowDown: at - CURTAIN.step, ArrowRight: at + CURTAIN.step, ArrowUp: at + CURTAIN.step,
      PageDown: at - CURTAIN.leap, PageUp: at + CURTAIN.leap, Home: 0, End: 100,
    };
    const percent = to[event.key];
    if (percent === undefined) return;
    event.preventDefault();
    rest(percent);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const frame = line.current?.parentElement?.getBoundingClientRect();
    if (!frame || !line.current?.hasPointerCapture(event.pointerId)) return;
    const [from, to] = inSight(frame).map((edge, i) => edge + (i === 0 ? EDGE : -EDGE)) as [number, number];
    store.curtain.value = hangAt(((Math.min(to, Math.max(from, event.clientX)) - frame.left) / frame.width) * 100);
  };
  return (
    <>
      <div
        ref={line} class="curtain" role="slider" tabIndex={0} aria-label={words.curtain} aria-orientation="horizontal"
        aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(at)} aria-valuetext={words.curtainAt(Math.round(at))} style={{ left: `${at}%` }}
        onKeyDown={onKeyDown} onPointerMove={onPointerMove} onLostPointerCapture={() => rest(store.curtain.value)}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M6 4 2 8l4 4M10 4l4 4-4 4" /></svg>
      </div>
      <div class="curtain-sides" style={{ '--at': `${at}%` }}>
        <p class="curtain-side curtain-left"><b>{words.left}</b> <SideName side="left" swipe={swipe} /></p>
        <p class="curtain-side curtain-right"><b>{words.right}</b> <SideName side="right" swipe={swipe} /></p>
      </div>
    </>
  );
}

/** What this side has and the other has not. */
function SideName({ side, swipe }: { side: SideName; swipe: Swipe }) {
  const { atlas, store, language } = useAtlas();
  const words = useText(compareText);
  const own = swipe[side];
  const other = swipe[side === 'left' ? 'right' : 'left'];
  const year = store.theme.value && own.year !== other.year ? own.year : null;
  const more = atlas.layers.filter(({ id }) => isVisible(own.layers, id) && !isVisible(other.layers, id));
  const fewer = atlas.layers.some(({ id }) => !isVisible(own.layers, id) && isVisible(other.layers, id));
  const names = more.map((layer) => titled(language, layer).text).join(language === 'zh' ? '、' : ', ');
  const layers = names ? words.onlyHere(names) : fewer ? words.nothingMore : '';
  const years = store.theme.value && own.year !== other.year ? (year === null ? words.anyYear : words.yearLabel(year)) : '';
  return <span>{[years, layers].filter(Boolean).join(' · ') || words.allSame}</span>;
}
