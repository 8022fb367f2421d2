/** One own layer: shown or not, how it came out, and on demand everything that can be done with it. */
import { useState } from 'preact/hooks';
import { OWN_COLORS, withLayer, type OwnLayer } from '../../../state/mine';
import { formatDistance } from '../../../state/format';
import { metresOutside } from '../../../state/whereabouts';
import { useAtlas, useText } from '../../context';
import { isNarrow } from '../../narrow';
import { mineText } from '../../text/mine';
import { remake, remove } from './bringing';
import { Attributes } from './Attributes';
import { KeepLine } from './KeepLine';
import { OwnSwatch } from './OwnSwatch';
import { Report, Tally } from './Report';

export function LayerItem({ layer }: { layer: OwnLayer }) {
  const { store, atlas, language } = useAtlas();
  const words = useText(mineText);
  const [unfolded, setUnfolded] = useState(false);
  const outside = metresOutside(layer.bounds, atlas.bounds);
  const change = (part: Partial<OwnLayer>): void => void (store.mine.layers.value = withLayer(store.mine.layers.peek(), layer.id, part));
  return (
    <li class={`layer ${layer.visible ? '' : 'off'}`}>
      <div class="layer-head">
        <label class="layer-name">
          <input type="checkbox" checked={layer.visible} aria-label={words.show(layer.name)} onChange={() => change({ visible: !layer.visible })} />
          <OwnSwatch geometry={layer.geometry} color={layer.color} />
          <span class="mine-name">{layer.name}</span>
        </label>
        <span class="count">{layer.count}</span>
        <button type="button" class="fold" aria-expanded={unfolded} aria-label={words.more(layer.name)} title={words.more(layer.name)} onClick={() => setUnfolded(!unfolded)}>
          <svg viewBox="0 0 10 6" aria-hidden="true"><path d="m1 1 4 4 4-4" /></svg>
        </button>
      </div>
      {layer.made.report.findings.length + layer.made.report.notices.length > 0 && <div class="mine-found"><Tally report={layer.made.report} /></div>}
      {outside !== null && <p class="mine-found mine-far">{words.outside(formatDistance(outside, language))}</p>}
      {unfolded && <More layer={layer} change={change} />}
    </li>
  );
}

function More({ layer, change }: { layer: OwnLayer; change: (part: Partial<OwnLayer>) => void }) {
  const { store, atlas } = useAtlas();
  const words = useText(mineText);
  const [sheet, setSheet] = useState<'none' | 'table' | 'report'>('none');
  const { made } = layer;
  const zoom = (): void => {
    store.command.value = { type: 'fit', bounds: layer.bounds, maxZoom: 13 };
    if (isNarrow('drawers')) store.layersOpen.value = false;
  };
  const measure = (): void => {
    store.ask.open('pairs');
    const draft = store.ask.draft.peek();
    if (draft?.kind === 'pairs') store.ask.draft.value = { ...draft, b: { layer: layer.id, classes: [] } };
    store.drawer.value = 'ask';
  };
  return (
    <div class="mine-more">
      {made.clustered && <p class="aside">{words.clustered}</p>}
      <p class="mine-buttons">
        <button type="button" class="button quiet" onClick={zoom}>{words.zoomTo}</button>
        <button type="button" class="button quiet" aria-haspopup="dialog" onClick={() => setSheet('table')}>{words.table}</button>
        <button type="button" class="button quiet" aria-haspopup="dialog" onClick={() => setSheet('report')}>{words.report}</button>
        <button type="button" class="button quiet" onClick={measure}>{words.howFar}</button>
        <RemoveButton remove={() => remove(store, layer.id)} />
      </p>
      <label class="mine-field">
        <span>{words.rename}</span>
        <input type="text" value={layer.name} maxLength={60} onChange={(event) => change({ name: event.currentTarget.value.trim() || made.name })} />
      </label>
      <fieldset class="mine-colors">
        <legend>{words.color}</legend>
        {OWN_COLORS.map(({ id, hex }) => (
          <label key={id} title={words.colors[id]}>
            <input type="radio" name={`color-${layer.id}`} class="visually-hidden" checked={layer.color === hex} aria-label={words.colors[id]} onChange={() => change({ color: hex })} />
            <OwnSwatch geometry={layer.geometry === 'mixed' ? 'polygon' : layer.geometry} color={hex} />
          </label>
        ))}
      </fieldset>
      <dl class="mine-facts">
        <div><dt>{words.whichReference}</dt><dd>{made.reference ? words.reference(made.reference) : words.seatReference}</dd></div>
        {made.decoded && <div><dt>{words.encoding}</dt><dd>{words.encodings[made.decoded.encoding]} <span class="aside">{words.encodingHow[made.decoded.how]}</span></dd></div>}
      </dl>
      <p class="aside">{words.from(made.file, words.ofFormat[made.format])} <button type="button" class="button quiet" aria-label={words.changeOf(layer.name)} onClick={() => remake(store, atlas, layer)}>{words.change}</button></p>
      <KeepLine layer={layer} />
      {sheet === 'table' && <Attributes layer={layer} close={() => setSheet('none')} />}
      {sheet === 'report' && <Report layer={layer} close={() => setSheet('none')} />}
    </div>
  );
}

/** Nothing brings a removed layer back, so it takes two clicks. */
function RemoveButton({ remove: act }: { remove: () => void }) {
  const words = useText(mineText);
  const [sure, setSure] = useState(false);
  return (
    <button type="button" class="button quiet mine-remove" onBlur={() => setSure(false)} onClick={() => (sure ? act() : setSure(true))}>
      {sure ? words.removeSure : words.removeLayer}
    </button>
  );
}
