/** What can be asked about a spot of the map, after a right click, a long press, or the menu key on the map. */
import { useEffect, useRef } from 'preact/hooks';
import { pointId } from '../state/room';
import { useAtlas, useText } from './context';
import { keepOnSheet } from './on-sheet';
import { sitesText } from './text/sites';

export function SpotMenu() {
  const { store, words: common } = useAtlas();
  const words = useText(sitesText);
  const spot = store.room.spot.value;
  const box = useRef<HTMLDivElement>(null);
  const first = useRef<HTMLButtonElement>(null);

  const close = (): void => {
    store.room.spot.value = null;
    document.querySelector<HTMLElement>('.map canvas')?.focus({ preventScroll: true });
  };

  useEffect(() => {
    if (!spot || !box.current) return undefined;
    keepOnSheet(box.current, spot);
    first.current?.focus({ preventScroll: true });
    const away = (event: PointerEvent): void => {
      if (!box.current?.contains(event.target as Node)) store.room.spot.value = null;
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [spot]);

  if (!spot) return null;
  const [lon, lat] = spot.point.map((degrees) => degrees.toFixed(4)) as [string, string];
  return (
    <div
      class="chooser spot-menu sheet" ref={box} role="dialog" aria-label={words.spotMenu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        close();
      }}
    >
      <header>
        <p class="aside">{words.spotAt(lon, lat)}</p>
        <button type="button" class="icon-button" aria-label={common.close} onClick={close}><span aria-hidden="true">×</span></button>
      </header>
      <button
        ref={first} type="button" class="spot-around"
        onClick={() => {
          const { point } = spot;
          close();
          store.follow('around', pointId(point));
        }}
      >
        {words.aroundHere}
      </button>
    </div>
  );
}
