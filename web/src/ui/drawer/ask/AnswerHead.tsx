/** Over an answer: the question in words, what is to be known about its exactness, and what can be done with it. */
import { formatArea, formatRoughArea } from '../../../state/format';
import { extentOf } from '../../../state/shapes';
import { boundsAround } from '../../../state/sight';
import { useAtlas, useText } from '../../context';
import { isNarrow } from '../../narrow';
import { askText } from '../../text/ask';
import type { Answered } from './answering';
import { placesOf } from './answer-places';
import { saveCsv, saveGeojson } from './files';
import { notesOf } from './notes';
import { sentenceOf, type Speech } from './sentence';

export function AnswerHead({ answered }: { answered: Answered }) {
  const { atlas, store, language } = useAtlas();
  const words = useText(askText);
  const speech: Speech = { atlas, language, words, own: store.mine.layers.value };
  const { result, question } = answered;
  const places = placesOf(result);
  const points = places.flatMap(({ point }) => (point ? [point] : []));
  const squareMetres = areaOf(answered);
  const rough = answered.place?.accuracy === 'schematic';

  const show = (): void => {
    const drawn = question.kind === 'area' ? extentOf(question.shape) : null;
    const bounds = boundsAround([...points, ...(drawn ? [[drawn[0], drawn[1]], [drawn[2], drawn[3]]] as [number, number][] : [])]);
    if (bounds) store.command.value = { type: 'fit', bounds, maxZoom: 12.5 };
    if (isNarrow('drawers')) store.layersOpen.value = false;
  };
  return (
    <header class="answer-head">
      <h3>{sentenceOf(question, answered.place, speech)}</h3>
      {squareMetres !== null && <p class="answer-area">{words.areaOf(rough ? formatRoughArea(squareMetres, language) : formatArea(squareMetres, language))}</p>}
      {places.length > 0 && (
        <p class="answer-actions">
          <button type="button" class="button" onClick={show}>{words.showOnMap}</button>
          <button type="button" class="button quiet" onClick={() => saveCsv(answered, speech)}>{words.exportCsv}</button>
          <button type="button" class="button quiet" onClick={() => saveGeojson(answered, speech)}>{words.exportGeojson}</button>
        </p>
      )}
      <ul class="answer-notes">
        {notesOf(answered, speech).map((note) => <li key={note}>{note}</li>)}
      </ul>
    </header>
  );
}

/** Of the area alone; what a distance adds around it has no outline to measure. */
function areaOf({ question, result }: Answered): number | null {
  if (question.kind === 'area' && question.shape.tool === 'circle') return Math.PI * question.shape.metres ** 2;
  return result.kind === 'within' && result.metres === null ? result.within.area_m2 : null;
}
