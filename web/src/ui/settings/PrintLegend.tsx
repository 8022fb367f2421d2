/** The legend of what is visible, for paper: layers, their classes, own layers, and what hollow and hatched mean. */
import type { Layer } from '../../api/types';
import { pick, titled } from '../../state/language';
import { effectiveChoice, isVisible, type LayerChoice } from '../../state/layers';
import { useAtlas, useText } from '../context';
import { ClassSwatch, HatchSwatch, StackSwatch, SymbolSwatch } from '../layers/Swatch';
import { W } from '../parts';
import { compareText } from '../text/compare';

export function PrintLegend() {
  const { atlas, store, words } = useAtlas();
  const compare = useText(compareText);
  const swipe = store.swipe.value;
  const own = store.mine.layers.value.filter(({ visible }) => visible);
  return (
    <>
      {swipe
        ? <><h3>{compare.left}</h3><Layers choice={swipe.left.layers} /><h3>{compare.right}</h3><Layers choice={swipe.right.layers} /></>
        : <Layers choice={effectiveChoice(store.layers.value, atlas.layers)} />}
      {own.length > 0 && (
        <ul>
          {own.map((layer) => <li key={layer.id}><SymbolSwatch symbol="square" color={layer.color} />{layer.name}</li>)}
        </ul>
      )}
      <ul class="print-accuracy">
        <li><SymbolSwatch symbol="circle" />{words.solid}</li>
        <li><SymbolSwatch symbol="circle" solid={false} />{words.hollow}</li>
        <li><HatchSwatch />{words.hatched}</li>
        <li><StackSwatch />{words.stacked}</li>
      </ul>
    </>
  );
}

function Layers({ choice }: { choice: LayerChoice }) {
  const { atlas } = useAtlas();
  return <ul>{atlas.layers.filter(({ id }) => isVisible(choice, id)).map((layer) => <OneLayer key={layer.id} layer={layer} />)}</ul>;
}

function OneLayer({ layer }: { layer: Layer }) {
  const { language } = useAtlas();
  return (
    <>
      <li><ClassSwatch layer={layer} color={layer.style.color} symbol={layer.classes[0]?.symbol ?? null} /><W of={titled(language, layer)} /></li>
      {layer.classes.length > 1 && layer.classes.map((entry) => (
        <li key={entry.value} class="print-class">
          <ClassSwatch layer={layer} color={entry.color} symbol={entry.symbol} value={entry.value} /><W of={pick(language, entry.label, entry.label_en)} />
        </li>
      ))}
    </>
  );
}
