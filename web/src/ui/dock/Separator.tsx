/** The upper edge of the dock: dragged, or moved by arrow keys, it makes the dock higher or lower. */
import { DOCK, dockHeightOf } from '../../state/settings';
import { useAtlas, useText } from '../context';
import { deskText } from '../text/desk';

export function Separator() {
  const { store } = useAtlas();
  const words = useText(deskText);
  const { dockHeight } = store.settings;
  const set = (percent: number): void => void (dockHeight.value = dockHeightOf(percent));

  const onKeyDown = (event: KeyboardEvent): void => {
    const to: Record<string, number> = {
      ArrowUp: dockHeight.value + DOCK.step, ArrowDown: dockHeight.value - DOCK.step, Home: DOCK.least, End: DOCK.most, Enter: DOCK.usual,
    };
    const percent = to[event.key];
    if (percent === undefined) return;
    event.preventDefault();
    set(percent);
  };
  const onPointerMove = (event: PointerEvent & { currentTarget: HTMLElement }): void => {
    const { currentTarget, pointerId, clientY } = event;
    const desk = currentTarget.closest('.desk')?.getBoundingClientRect();
    if (desk && currentTarget.hasPointerCapture(pointerId)) set(((desk.bottom - clientY) / desk.height) * 100);
  };

  return (
    <div
      class="separator" role="separator" tabIndex={0} aria-orientation="horizontal" aria-label={words.dockHeight} aria-controls="dock" title={words.dockHeight}
      aria-valuenow={dockHeight.value} aria-valuemin={DOCK.least} aria-valuemax={DOCK.most} aria-valuetext={`${dockHeight.value}%`}
      onKeyDown={onKeyDown} onPointerMove={onPointerMove} onDblClick={() => set(DOCK.usual)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
    />
  );
}
