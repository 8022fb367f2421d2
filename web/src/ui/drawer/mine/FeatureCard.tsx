/** One own feature: what it is, how large, what the atlas has at the same spot, and the question what the plans have there. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { slice } from '../../../convert/writer';
import { formatArea, formatDistance } from '../../../state/format';
import { named } from '../../../state/language';
import type { Chosen, OwnLayer } from '../../../state/mine';
import { writePosition } from '../../../state/coordinates';
import { useAtlas, useText } from '../../context';
import { Fact, Loading, W } from '../../parts';
import { mineText } from '../../text/mine';
import { FeatureAsk } from './FeatureAsk';
import { pointsOf, sizeOf, written } from './features';

type Read = { status: 'reading' } | { status: 'failed' } | { status: 'here'; feature: GeoJSON.Feature };

export function FeatureCard({ chosen }: { chosen: Chosen }) {
  const { store } = useAtlas();
  const layer = store.mine.byId.value.get(chosen.layer);
  return layer ? <Card chosen={chosen} layer={layer} /> : null;
}

function Card({ chosen, layer }: { chosen: Chosen; layer: OwnLayer }) {
  const { store, language } = useAtlas();
  const words = useText(mineText);
  const [read, setRead] = useState<Read>({ status: 'reading' });
  const { mine } = store;
  const { data, offsets, naming, crossing } = layer.made;

  useEffect(() => {
    let wanted = true;
    slice(data, offsets, chosen.feature, chosen.feature + 1).then(([feature]) => {
      if (!wanted) return;
      setRead(feature ? { status: 'here', feature } : { status: 'failed' });
      if (feature) mine.spots.value = pointsOf(feature.geometry);
    }, () => wanted && setRead({ status: 'failed' }));
    return () => {
      wanted = false;
      mine.spots.value = [];
    };
  }, [data, chosen.feature]);

  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Whoever came by the keyboard goes on reading here; a click leaves the focus on the map.
    if (document.activeElement?.tagName !== 'CANVAS') heading.current?.focus({ preventScroll: true });
    heading.current?.closest('section')?.scrollIntoView({ block: 'nearest' });
  }, []);

  const called = read.status === 'here' && naming ? written(read.feature.properties?.[naming]) : '';
  const name = called || words.featureNo(chosen.feature + 1);
  const at = chosen.here.findIndex(({ layer: other, feature }) => other === chosen.layer && feature === chosen.feature);
  const step = (by: number): void => {
    const next = chosen.here[(at + by + chosen.here.length) % chosen.here.length];
    if (next) mine.chosen.value = { ...chosen, ...next };
  };
  return (
    <section class="mine-card" aria-label={words.feature}>
      <header>
        <div>
          <h3 ref={heading} tabIndex={-1}>{name}</h3>
          <p class="aside">{words.ofLayer(layer.name)}</p>
        </div>
        <button type="button" class="icon-button" aria-label={words.closeFeature} onClick={() => (mine.chosen.value = null)}><span aria-hidden="true">×</span></button>
      </header>
      {chosen.here.length > 1 && at >= 0 && (
        <p class="mine-pages">
          <span>{words.severalHere(at + 1, chosen.here.length)}</span>
          <button type="button" class="button quiet" onClick={() => step(-1)}>{words.previousOne}</button>
          <button type="button" class="button quiet" onClick={() => step(1)}>{words.nextOne}</button>
        </p>
      )}
      {read.status === 'reading' && <Loading />}
      {read.status === 'failed' && <p role="alert">{words.unreadable}</p>}
      {read.status === 'here' && (
        <>
          <Facts feature={read.feature} crossing={crossing.includes(chosen.feature)} />
          {chosen.places.length > 0 && (
            <p class="mine-places">
              <span class="aside">{words.atlasHere}</span>
              {chosen.places.map((place) => <button key={place.id} type="button" class="record-link" onClick={() => store.follow('place', place.id)}><W of={named(language, place)} /></button>)}
            </p>
          )}
          {crossing.includes(chosen.feature) ? <p class="notice">{words.crossing}</p> : <FeatureAsk geometry={read.feature.geometry} name={name} />}
        </>
      )}
    </section>
  );
}

function Facts({ feature: { geometry, properties }, crossing }: { feature: GeoJSON.Feature; crossing: boolean }) {
  const { language } = useAtlas();
  const words = useText(mineText);
  const size = crossing ? null : sizeOf(geometry);
  const [point] = pointsOf(geometry);
  const rows = Object.entries(properties ?? {}).map(([key, value]) => [key, written(value)] as const).filter(([, value]) => value !== '');
  return (
    <dl class="facts mine-properties">
      {size && 'area' in size && <Fact term={words.area}>{formatArea(size.area, language)}</Fact>}
      {size && 'length' in size && <Fact term={words.length}>{formatDistance(size.length, language)}</Fact>}
      {point && <Fact term={words.position}>{writePosition(point)}</Fact>}
      {rows.map(([key, value]) => <Fact key={key} term={key}>{value}</Fact>)}
      {rows.length === 0 && <Fact term={words.properties}>{words.noProperties}</Fact>}
    </dl>
  );
}
