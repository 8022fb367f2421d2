/** The sheet for paper: the map with everything a map must carry. What is open beside it follows on the next page. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { titled } from '../../state/language';
import type { Snapshot } from '../../state/store';
import { useAtlas, useText } from '../context';
import { ThemeCartouche } from '../drawer/theme/ThemeKey';
import { Compass, PlanTitle, Review, ScaleBar, useSources } from '../margin';
import { W } from '../parts';
import { settingsText } from '../text/settings';
import { PrintLegend } from './PrintLegend';

export function Print() {
  const { store } = useAtlas();
  const words = useText(settingsText);
  const { printing } = store.settings;
  return (
    <>
      <p class="toast" role="status">{printing.value === 'preparing' ? words.printHint : ''}</p>
      {printing.value === 'now' && <PrintSheet />}
    </>
  );
}

function PrintSheet() {
  const { atlas, store, language } = useAtlas();
  const words = useText(settingsText);
  const heading = store.heading.value;
  const sources = useSources();
  const today = new Date().toLocaleDateString(language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'long' });
  return (
    <section class="print-sheet" aria-hidden="true">
      <header>
        <h1><W of={titled(language, atlas)} />{heading && <small>{heading}</small>}</h1>
        <p>{words.printedOn(today)}</p>
      </header>
      <div class="print-body">
        <div>
          <PrintMap />
          <ul class="print-plans">{atlas.plans.map((plan) => <li key={plan.id}><PlanTitle plan={plan} /></li>)}</ul>
          <Review />
          <p>{words.sources}{language === 'zh' ? '：' : ': '}{sources.map((source, i) => <span key={source.text}>{i > 0 && (language === 'zh' ? '；' : '; ')}<W of={source} /></span>)}</p>
          <p class="print-link">{words.dataVersion} {atlas.data_version} · {window.location.href}</p>
        </div>
        <div class="print-legend">
          <h2>{words.legend}</h2>
          <ThemeCartouche />
          <PrintLegend />
        </div>
      </div>
    </section>
  );
}

/** Millimetres that the map takes of the width of the sheet are the style sheet's; here only its proportions. */
function PrintMap() {
  const { store } = useAtlas();
  const frame = useRef<HTMLDivElement>(null);
  const [taken, setTaken] = useState<Snapshot | null>(null);
  const view = store.view.value;
  useLayoutEffect(() => {
    const now = store.snapshot.value?.();
    if (!now) return;
    frame.current?.append(now.picture);
    setTaken(now);
  }, []);
  return (
    <figure class="print-map">
      <div ref={frame} />
      {taken && view && (
        <div class="print-scale">
          <ScaleBar view={view} longest={150} enlarged={PAPER_WIDTH / taken.width} />
          <span class="compass"><Compass bearing={view.bearing} /></span>
        </div>
      )}
    </figure>
  );
}

/** CSS pixels on paper that the map is wide: `styles/print.css` says the same in millimetres (200 mm). */
const PAPER_WIDTH = 756;
