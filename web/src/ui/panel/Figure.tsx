/**
 * Baseline → target of an indicator. Only what the document and later observations state: no
 * baseline, no arrow; nothing is interpolated. The bar compares the two figures and is left out when one is missing.
 */
import type { Target } from '../../api/types';
import { formatFigure, inEnglish, progress, type Figure as Written } from '../../state/format';
import { termed } from '../../state/language';
import { useAtlas } from '../context';
import { W } from '../parts';

export function Figure({ target }: { target: Target }) {
  const { language, words } = useAtlas();
  const from = useWritten({ written: target.baseline, comparator: null, unit: target.unit }, target.unit_en);
  const to = useWritten({ written: target.target, comparator: target.comparator, unit: target.unit }, target.unit_en);
  const bar = progress(target.baseline_number, target.target_number);
  return (
    <div class="figure">
      <p class="figure-values">
        {from ? (
          <span class="figure-from"><small>{target.baseline_year ?? words.baseline}</small> {from}</span>
        ) : (
          target.kind === 'indicator' && <span class="figure-none">{words.noBaseline}</span>
        )}
        {(from || target.kind === 'indicator') && <span class="figure-arrow" aria-hidden="true">→</span>}
        <span class="figure-to"><small>{target.target_year ?? words.target}</small> {to ?? <b>{words.noFigure}</b>}</span>
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

/** As the document writes it; in English money and land written out, the original in small type beside. */
function useWritten(figure: Written, unitInEnglish: string | null) {
  const { language } = useAtlas();
  const original = formatFigure(figure);
  if (original === null) return null;
  if (language === 'zh') return <b>{original}</b>;
  const english = inEnglish(figure);
  if (english) return <><b>{english}</b> <small lang="zh-CN">{original}</small></>;
  return <b lang="zh-CN">{formatFigure({ ...figure, unit: unitInEnglish || figure.unit })}</b>;
}

/** The size of a project in the document's words, and in English where that is a plain count. */
export function Quantity({ written }: { written: string }) {
  const { language } = useAtlas();
  const english = language === 'en' ? inEnglish({ written, comparator: null, unit: null }) : null;
  return <>{english} {english ? <small lang="zh-CN">{written}</small> : <span lang="zh-CN">{written}</span>}</>;
}
