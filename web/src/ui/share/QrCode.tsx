/** A QR code, always dark on light: readers of phones do not take it otherwise. */
import { useMemo } from 'preact/hooks';
import qrcode from 'qrcode-generator';
import { useText } from '../context';
import { shareText } from '../text/share';

/** Modules of quiet around it (ISO/IEC 18004). */
const QUIET = 4;

export function QrCode({ text }: { text: string }) {
  const words = useText(shareText);
  const drawn = useMemo(() => drawnOf(text), [text]);
  if (!drawn) return <p class="aside">{words.qrTooLong}</p>;
  const side = drawn.count + 2 * QUIET;
  return (
    <figure class="share-qr">
      <svg viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`} role="img" aria-label={words.qr} shape-rendering="crispEdges">
        <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#fff" />
        <path d={drawn.path} fill="#000" />
      </svg>
      <figcaption class="aside">{words.qrHint}</figcaption>
    </figure>
  );
}

/** One path of runs of dark modules; `null` for more than a code can hold. */
function drawnOf(text: string): { count: number; path: string } | null {
  try {
    // Links are long, and a screen is not torn or dirty: the least correction makes the largest modules.
    const code = qrcode(0, 'L');
    code.addData(text);
    code.make();
    const count = code.getModuleCount();
    let path = '';
    for (let row = 0; row < count; row++) {
      for (let from = 0; from < count; from++) {
        let to = from;
        while (to < count && code.isDark(row, to)) to++;
        if (to > from) path += `M${from} ${row}h${to - from}v1h${from - to}z`;
        from = to;
      }
    }
    return { count, path };
  } catch {
    return null;
  }
}
