/** The ink of drawings: terra-draw's styles, by day and by night. */
import { nightOf } from '../state/night';
import { INK_OF_QUESTIONS } from './palette';

type Hex = `#${string}`;

const PAPER_OF_DOTS = '#fffaf0';

const point = <N extends string>(name: N, width: number, rim: number, color: Hex, outline: Hex) => ({
  [`${name}Width`]: width, [`${name}Color`]: color, [`${name}OutlineColor`]: outline, [`${name}OutlineWidth`]: rim,
}) as Record<`${N}Width` | `${N}OutlineWidth`, number> & Record<`${N}Color` | `${N}OutlineColor`, Hex>;

export interface Inks {
  area: ReturnType<typeof areaInk>;
  line: ReturnType<typeof lineInk>;
  point: ReturnType<typeof pointInk>;
  selection: ReturnType<typeof selectionInk>;
}

export function inksOf(dark: boolean): Inks {
  const [ink, paper] = [INK_OF_QUESTIONS, PAPER_OF_DOTS].map((color) => (dark ? nightOf(color) : color)) as [Hex, Hex];
  return { area: areaInk(ink, paper), line: lineInk(ink, paper), point: pointInk(ink, paper), selection: selectionInk(ink, paper) };
}

const corners = (ink: Hex, paper: Hex) => ({ ...point('coordinatePoint', 3.5, 2, paper, ink), ...point('closingPoint', 5, 2.5, paper, ink) });

const areaInk = (ink: Hex, paper: Hex) => ({ fillColor: ink, fillOpacity: 0.1, outlineColor: ink, outlineWidth: 2.5, ...corners(ink, paper) });

const lineInk = (ink: Hex, paper: Hex) => ({ lineStringColor: ink, lineStringWidth: 3, ...corners(ink, paper) });

const pointInk = (ink: Hex, paper: Hex) => ({ pointColor: ink, pointWidth: 6, pointOutlineColor: paper, pointOutlineWidth: 2 });

const selectionInk = (ink: Hex, paper: Hex) => ({
  selectedPolygonColor: ink, selectedPolygonFillOpacity: 0.16, selectedPolygonOutlineColor: ink, selectedPolygonOutlineWidth: 2.5,
  selectedLineStringColor: ink, selectedLineStringWidth: 3.5,
  ...point('selectedPoint', 8, 2, ink, paper),
  ...point('selectionPoint', 7, 3, paper, ink),
  ...point('midPoint', 4, 1.5, ink, paper),
});
