/** A layer as a booklet: of the whole of it, or of one county. */
import { useState } from 'preact/hooks';
import { api, type Layer } from '../../api/client';
import { named, titled } from '../../state/language';
import { useAtlas, useText } from '../context';
import { useLoaded } from '../load';
import { ReportMenu } from '../reports/ReportMenu';
import { sitesText } from '../text/sites';

export function LayerBooklet({ layer }: { layer: Layer }) {
  const { atlas, language } = useAtlas();
  const words = useText(sitesText);
  const [county, setCounty] = useState<string | null>(null);
  return (
    <ReportMenu
      kind="layer" about={layer.id} name={`${titled(language, layer).text}-${words.reports.layer}`}
      report={() => ({ kind: 'layer', layer: layer.id, county })}
    >
      {atlas.plans.length > 1 && <CountyChoice chosen={county} choose={setCounty} />}
    </ReportMenu>
  );
}

function CountyChoice({ chosen, choose }: { chosen: string | null; choose: (county: string | null) => void }) {
  const { atlas, language } = useAtlas();
  const words = useText(sitesText);
  const counties = useLoaded('counties', api.counties);
  const ofPlans = counties.status === 'here' ? counties.value.items.filter(({ id }) => atlas.plans.some(({ county }) => county === id)) : [];
  return (
    <label class="report-county">
      <span>{words.county}</span>
      <select value={chosen ?? ''} onChange={(event) => choose(event.currentTarget.value || null)}>
        <option value="">{words.countyAll}</option>
        {ofPlans.map((county) => <option key={county.id} value={county.id}>{named(language, county).text}</option>)}
      </select>
    </label>
  );
}
