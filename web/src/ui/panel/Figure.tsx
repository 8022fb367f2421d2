/**
 * Baseline → target of an indicator. Only what the document and later observations state: no
 * baseline, no arrow; nothing is interpolated. The bar compares the two figures and is left out when one is missing.
 */
import type { Target } from '../../api/types';
import { formatFigure, progress } from '../../state/format';
import { termed } from '../../state/language';
import { useAtlas } from '../context';
import { W } from '../parts';

export function Figure({ target }: { target: Target }) {
  const { language, words } = useAtlas();
  const unit = language === 'en' && target.unit_en ? target.unit_en : target.unit;
  const from = formatFigure({ written: target.baseline, comparator: null, unit });
  const to = formatFigure({ written: target.target, comparator: target.comparator, unit });
  const bar = progress(target.baseline_number, target.target_number);
  return (
    <div class="figure">
      <p class="figure-values">
        {from ? (
          <span class="figure-from"><small>{target.baseline_year ?? words.baseline}</small> <b lang="zh-CN">{from}</b></span>
        ) : (
          target.kind === 'indicator' && <span class="figure-none">{words.noBaseline}</span>
        )}
        {(from || target.kind === 'indicator') && <span class="figure-arrow" aria-hidden="true">→</span>}
        <span class="figure-to"><small>{target.target_year ?? words.target}</small> <b lang="zh-CN">{to ?? words.noFigure}</b></span>
        {target.attribute && <span class={`tag ${target.attribute.id === 'binding' || target.attribute.zh === '约束性' ? 'strong' : ''}`}><W of={termed(language, target.attribute)} /></span>}
      </p>
      {target.observations.length > 0 && (
        <ol class="observations" aria-label={words.observed}>
          {target.observations.map(({ year, value, source }) => (
            <li key={year}><small>{year}</small> <b>{value}</b> <span class="aside" lang="zh-CN">{source}</span></li>
          ))}
        </ol>
      )}
      {bar && (
        <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
          <rect class="bar-to" x="0" y="0" width={bar.to * 100} height="6" />
          <rect class="bar-from" x="0" y="1.5" width={bar.from * 100} height="3" />
        </svg>
      )}
    </div>
  );
}
