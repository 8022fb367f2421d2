/** Files can be dropped anywhere on the page; while some hang over it, the whole page says so. */
import { useEffect, useState } from 'preact/hooks';
import { useAtlas, useText } from '../../context';
import { mineText } from '../../text/mine';
import { bring } from './bringing';

export function DropZone() {
  const { store, atlas } = useAtlas();
  const words = useText(mineText);
  const [over, setOver] = useState(false);

  useEffect(() => {
    // Each element under the pointer tells of coming and going; the page is left when all have been.
    let depth = 0;
    const carries = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent): void => {
      if (!carries(event)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!carries(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hang = (event: DragEvent): void => {
      if (!carries(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent): void => {
      if (!carries(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      store.drawer.value = 'mine';
      store.layersOpen.value = true;
      bring(store, atlas, files);
    };
    // A browser asks of its own accord; what it says cannot be chosen.
    const warn = (event: BeforeUnloadEvent): void => {
      if (store.mine.layers.peek().length > 0) event.preventDefault();
    };
    const listening: [string, (event: never) => void][] = [['dragenter', enter], ['dragleave', leave], ['dragover', hang], ['drop', drop], ['beforeunload', warn]];
    for (const [name, listener] of listening) window.addEventListener(name, listener as EventListener);
    return () => listening.forEach(([name, listener]) => window.removeEventListener(name, listener as EventListener));
  }, [store, atlas]);

  if (!over) return null;
  return (
    <div class="drop-zone">
      <div class="drop-sign">
        <b>{words.dropHere}</b>
        <span>{words.dropWhat}</span>
      </div>
    </div>
  );
}
