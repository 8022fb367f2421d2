/** The drawer of one's own layers: bring files in, answer what they leave open, look after what has come of them. */
import { useRef } from 'preact/hooks';
import { useAtlas, useText } from '../../context';
import { mineText } from '../../text/mine';
import { bring } from './bringing';
import { Asking } from './Asking';
import { Failures } from './Failures';
import { FeatureCard } from './FeatureCard';
import { LayerItem } from './LayerItem';
import { Working } from './Working';

const ACCEPTED = '.geojson,.json,.geojsonl,.geojsons,.ndjson,.kml,.kmz,.zip,.shp,.dbf,.prj,.cpg,.shx,.gpkg,.csv,.txt,.tsv,.xlsx';

export function MineDrawer() {
  const { store } = useAtlas();
  const words = useText(mineText);
  const { mine } = store;
  const bringing = mine.bringing.value;
  const layers = mine.layers.value;
  const chosen = mine.chosen.value;
  return (
    <div class="mine">
      {bringing.kind === 'resting' && <Chooser />}
      {bringing.kind === 'working' && <Working working={bringing} />}
      {bringing.kind === 'asking' && <Asking asking={bringing} key={bringing.questions[bringing.at]?.key} />}
      <Failures />
      {chosen && bringing.kind !== 'asking' && <FeatureCard chosen={chosen} key={`${chosen.layer} ${chosen.feature}`} />}
      {layers.length > 0 ? (
        <section class="mine-layers" aria-label={words.layers}>
          <h3>{words.layers}</h3>
          <ul class="layer-list">{layers.map((layer) => <LayerItem key={layer.id} layer={layer} />)}</ul>
        </section>
      ) : bringing.kind === 'resting' && <p class="mine-empty">{words.empty}</p>}
    </div>
  );
}

function About() {
  const words = useText(mineText);
  return (
    <>
      <p class="aside">{words.formats}</p>
      <p class="aside mine-stays">{words.stays}</p>
    </>
  );
}

function Chooser() {
  const { store, atlas } = useAtlas();
  const words = useText(mineText);
  const field = useRef<HTMLInputElement>(null);
  return (
    <div class="drawer-pad mine-choose">
      <input
        ref={field} class="visually-hidden" type="file" multiple accept={ACCEPTED} aria-label={words.choose} tabIndex={-1}
        onChange={(event) => {
          bring(store, atlas, [...(event.currentTarget.files ?? [])]);
          // The same file can be chosen again.
          event.currentTarget.value = '';
        }}
      />
      <p><button type="button" class="button mine-button" onClick={() => field.current?.click()}>{words.choose}</button></p>
      <p>{words.chooseOr}</p>
      {store.mine.layers.value.length === 0 ? <About /> : <details><summary>{words.about}</summary><About /></details>}
    </div>
  );
}
