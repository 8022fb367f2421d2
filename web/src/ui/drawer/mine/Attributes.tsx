/** The attributes of a layer, a hundred rows at a time: whatever its size, only these are read out of the blob. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { slice } from '../../../convert/writer';
import type { OwnLayer } from '../../../state/mine';
import { useAtlas, useText } from '../../context';
import { OverAll } from '../../OverAll';
import { mineText } from '../../text/mine';
import { extentOf, written } from './features';

const PAGE = 100;

export function Attributes({ layer, close }: { layer: OwnLayer; close: () => void }) {
  const { store } = useAtlas();
  const words = useText(mineText);
  const [from, setFrom] = useState(0);
  const [features, setFeatures] = useState<readonly GeoJSON.Feature[]>([]);
  const scroller = useRef<HTMLDivElement>(null);
  const { data, offsets, columns } = layer.made;
  const to = Math.min(from + PAGE, layer.count);

  useEffect(() => {
    let wanted = true;
    void slice(data, offsets, from, to).then((found) => {
      if (!wanted) return;
      setFeatures(found);
      scroller.current?.scrollTo(0, 0);
    });
    return () => {
      wanted = false;
    };
  }, [data, from]);

  const show = (index: number): void => {
    const feature = features[index];
    const bounds = feature && extentOf(feature.geometry);
    close();
    store.mine.chosen.value = { layer: layer.id, feature: from + index, here: [], places: [] };
    if (bounds) store.command.value = { type: 'fit', bounds, maxZoom: 13 };
  };
  return (
    <OverAll title={words.tableOf(layer.name)} close={close} wide="mine-over-all">
      <p class="mine-pages">
        <span role="status">{words.rowsShown(from + 1, to, layer.count)}</span>
        <button type="button" class="button" disabled={from === 0} onClick={() => setFrom(from - PAGE)}>{words.previous}</button>
        <button type="button" class="button" disabled={to >= layer.count} onClick={() => setFrom(from + PAGE)}>{words.next}</button>
      </p>
      <div class="mine-table-scroll" ref={scroller} role="region" aria-label={words.tableOf(layer.name)} tabIndex={0}>
        <table class="mine-table">
          <thead><tr><th scope="col">{words.number}</th>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
          <tbody>
            {features.map((feature, i) => (
              <tr key={from + i}>
                <th scope="row"><button type="button" class="record-link" aria-label={words.showFeature(from + i + 1)} onClick={() => show(i)}>{from + i + 1}</button></th>
                {columns.map((column) => <td key={column}>{written(feature.properties?.[column])}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </OverAll>
  );
}
