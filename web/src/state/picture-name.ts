/** What the file of a picture is called: `云阳县-A3-1比100000.pdf`. */
import { isPaper } from './picture';
import type { Picture } from './picture-request';
import { pixelsOf } from './picture-size';

/** No system takes these in a name; Windows takes no dot or space at its end either. */
const UNFIT = /[\\/:*?"<>|\u0000-\u001f]+/g;
const LONGEST = 60;

/** `name` is the heading or what is shown; `scale` what the sheet really has, if it is known. */
export function pictureName(name: string, picture: Picture, scale: number | null, lying: boolean): string {
  const { size, file, subject, language } = picture;
  const plain = [...name.replace(UNFIT, ' ').replace(/\s+/g, ' ').trim()].slice(0, LONGEST).join('').replace(/[. ]+$/, '');
  const [width, height] = file === 'png' ? pixelsOf(picture, lying) : size.split('x');
  const parts = [
    plain || 'map',
    isPaper(size) ? size.toUpperCase() : `${width}x${height}`,
    scale !== null && isPaper(size) && (language === 'zh' ? `1比${scale}` : `1to${scale}`),
    subject.kind === 'each' && (language === 'zh' ? `${subject.sheets}张` : `${subject.sheets}sheets`),
  ];
  return `${parts.filter(Boolean).join('-')}.${file}`;
}
