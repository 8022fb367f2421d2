/** The indicators of the plans, by industry: filters on top, then one table with its chart for each group. */
import { useState } from 'preact/hooks';
import { api } from '../../../api/client';
import type { Target } from '../../../api/types';
import { ALL_INDICATORS, facetsOf, inGroups, isWanted, type IndicatorChoice } from '../../../state/indicator-list';
import { gapOf, type Gap } from '../../../state/indicators';
import { useText } from '../../context';
import { useLoaded } from '../../load';
import { Failure, Loading } from '../../parts';
import { targetsText } from '../../text/targets';
import { IndicatorFilters } from './IndicatorFilters';
import { IndicatorTable, shareOf } from './IndicatorTable';
import { useCharts } from './useBars';

export function Dashboard() {
  const loaded = useLoaded('indicators', api.indicators);
  if (loaded.status === 'loading') return <div class="dashboard"><Loading /></div>;
  if (loaded.status === 'failed') return <div class="dashboard"><Failure error={loaded.error} retry={loaded.retry} /></div>;
  return <Indicators targets={loaded.value.items} />;
}

/** Longer bars are broken off here, lest one outlier press all others together. */
const LONGEST = 2;

function Indicators({ targets }: { targets: readonly Target[] }) {
  const words = useText(targetsText);
  const [choice, setChoice] = useState<IndicatorChoice>(ALL_INDICATORS);
  const charts = useCharts();
  if (targets.length === 0) return <div class="dashboard"><p class="notice">{words.noIndicators}</p></div>;
  const wanted = targets.filter((target) => isWanted(target, choice));
  const groups = inGroups(wanted);
  const plans = new Set(targets.map(({ plan }) => plan)).size;
  const longest = Math.max(1, ...targets.map((target) => shareOf(target) ?? 0));
  return (
    <div class="dashboard">
      <IndicatorFilters
        choice={choice} change={setChoice}
        industries={facetsOf(targets, choice, 'industry')} attributes={facetsOf(targets, choice, 'attribute')}
      />
      <div class="dashboard-summary">
        <p role="status"><b>{wanted.length === targets.length ? words.count(targets.length) : words.countOf(wanted.length, targets.length)}</b> <Tally targets={wanted} /></p>
        <ChartKey charts={charts.status} observed={targets.some(({ observations }) => observations.length > 0)} />
      </div>
      {groups.map((group) => (
        <IndicatorTable
          key={group.key} group={group} charts={charts} most={Math.min(LONGEST, Math.ceil(longest * 4) / 4)}
          withPlan={plans > 1}
        />
      ))}
      {groups.length === 0 && (
        <div class="notice">
          <p>{words.nothing}</p>
          <button type="button" class="button" onClick={() => setChoice(ALL_INDICATORS)}>{words.reset}</button>
        </div>
      )}
    </div>
  );
}

const KINDS: readonly Gap['kind'][] = ['rise', 'fall', 'reached', 'same', 'no-baseline', 'no-target'];

/** How many are how far; kinds that do not occur are left out. */
function Tally({ targets }: { targets: readonly Target[] }) {
  const words = useText(targetsText);
  const kinds = targets.map((target) => gapOf(target).kind);
  const counts = KINDS.map((kind) => ({ kind, count: kinds.filter((one) => one === kind).length })).filter(({ count }) => count > 0);
  return <span class="aside">{counts.map(({ kind, count }) => words.tally[kind](count)).join(' · ')}</span>;
}

function ChartKey({ charts, observed }: { charts: 'loading' | 'failed' | 'here'; observed: boolean }) {
  const { chartKey, key, chartLoading, chartFailed } = useText(targetsText);
  if (charts !== 'here') return <p class="aside" role="status">{charts === 'loading' ? chartLoading : chartFailed}</p>;
  return (
    <ul class="chart-key" aria-label={key}>
      <li><i class="key-bar" />{chartKey.bar}</li>
      <li><i class="key-gap" />{chartKey.gap}</li>
      <li><i class="key-over" />{chartKey.over}</li>
      <li><i class="key-target" />{chartKey.target}</li>
      {observed && <li><i class="key-later" />{chartKey.observed}</li>}
    </ul>
  );
}
