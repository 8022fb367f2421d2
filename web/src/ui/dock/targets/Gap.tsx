/** How far an indicator is from its target, in words and figures: from the baseline, and from what was observed since. */
import type { Target } from '../../../api/types';
import { gapOf, percent, writtenGap, type Gap as GapState } from '../../../state/indicators';
import { useAtlas, useText } from '../../context';
import { W } from '../../parts';
import { targetsText } from '../../text/targets';

export function Gap({ target }: { target: Target }) {
  const words = useText(targetsText);
  const later = [...target.observations].sort((a, b) => a.year - b.year);
  return (
    <div class="gap">
      <Sentence target={target} gap={gapOf(target)} />
      {later.map(({ year, value }) => (
        <div key={year} class="gap-later"><small>{words.observed(year)}</small> <Sentence target={target} gap={gapOf(target, value)} /></div>
      ))}
    </div>
  );
}

function Sentence({ target, gap }: { target: Target; gap: GapState }) {
  const { language } = useAtlas();
  const words = useText(targetsText);
  if (gap.kind === 'no-baseline') return <span class="gap-none">{words.noBaseline}</span>;
  if (gap.kind === 'no-target') return <span class="gap-none">{words.noTarget}</span>;
  if (gap.kind === 'same') return <span class="gap-same">{words.same}</span>;
  if (!('by' in gap)) return null;
  const away = gap.share === null ? null : percent(Math.abs(1 - gap.share));
  return (
    <>
      <span class="gap-by"><span>{words[gap.kind]}</span> <b><W of={writtenGap(target, gap.by, language)} /></b></span>
      {away !== null && gap.kind !== 'reached' && <small class="gap-share">{gap.kind === 'rise' ? words.missing(away) : words.above(away)}</small>}
    </>
  );
}
