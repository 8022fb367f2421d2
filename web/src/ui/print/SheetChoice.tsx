/** On what: paper or pixels, which way round, and at which scale. */
import { useId } from 'preact/hooks';
import { isPaper, ORIENTATIONS, PAPERS, SCALES, SCREENS } from '../../state/picture';
import { writeScale } from '../../state/picture-sheet';
import { useText } from '../context';
import { printText } from '../text/print';
import { Row, SegmentRow, Segments } from './parts';
import type { Chosen } from './useChosen';

/** `fitted` is the scale that the server has found, once the preview is there. */
export function SheetChoice({ chosen: { choice, choose }, fitted }: { chosen: Chosen; fitted: number | null }) {
  const words = useText(printText);
  const id = useId();
  const paper = isPaper(choice.size);
  const sizes = { name: id, names: words.sizes, chosen: choice.size, choose: (size: typeof choice.size) => choose({ size }) };
  return (
    <>
      <fieldset class="picture-row">
        <legend>{words.size}</legend>
        <div class="picture-side">
          <SegmentRow {...sizes} among={PAPERS} />
          <SegmentRow {...sizes} among={SCREENS} />
        </div>
      </fieldset>
      <Segments
        title={words.orientation} among={ORIENTATIONS} names={words.orientations} chosen={paper ? choice.orientation : 'landscape'} disabled={!paper}
        choose={(orientation) => choose({ orientation })}
      />
      <Row title={words.scale}>
        <select value={choice.scale === null ? '' : String(choice.scale)} disabled={!paper} onChange={(event) => choose({ scale: Number(event.currentTarget.value) || null })}>
          <option value="">{paper ? words.fitted(choice.scale === null && fitted !== null ? writeScale(fitted) : null) : words.noScale}</option>
          {paper && SCALES.map((scale) => <option key={scale} value={scale}>{writeScale(scale)}</option>)}
        </select>
      </Row>
    </>
  );
}
