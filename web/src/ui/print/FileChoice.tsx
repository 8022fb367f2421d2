/** As which file, and how sharp where it consists of pixels. */
import { DPIS, FILE_KINDS, isPaper } from '../../state/picture';
import { pixelsOf } from '../../state/picture-size';
import { useText } from '../context';
import { printText } from '../text/print';
import { Segments } from './parts';
import type { Chosen } from './useChosen';

export function FileChoice({ chosen: { choice, choose, lying } }: { chosen: Chosen }) {
  const words = useText(printText);
  const several = choice.subject === 'each';
  const [width, height] = pixelsOf(choice, lying);
  return (
    <>
      <Segments
        title={words.file} among={FILE_KINDS} names={words.files} chosen={choice.file} disabled={several} choose={(file) => choose({ file })}
        hint={several ? words.onlyPdf : words.fileHints[choice.file]}
      />
      {choice.file === 'png' && (
        <Segments
          title={words.dpi} among={DPIS.filter((dpi) => isPaper(choice.size) || dpi !== 300)} names={words.dpis} chosen={choice.dpi}
          choose={(dpi) => choose({ dpi })} hint={words.pixels(width, height)}
        />
      )}
    </>
  );
}
