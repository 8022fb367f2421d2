/** Which part of the map no panel covers, from left to right. */
import { CURTAIN, hangAt } from '../../../state/swipe';

/** In pixels of the window. */
export function inSight(frame: DOMRect): [number, number] {
  const edge = (selector: string): DOMRect | null => {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    return box && box.width < frame.width * 0.8 ? box : null;
  };
  return [edge('.layers')?.right ?? frame.left, edge('.panel')?.left ?? frame.right];
}

/** In per cent of the map. */
export function middleOfSight(): number {
  const frame = document.querySelector('.map-frame')?.getBoundingClientRect();
  if (!frame) return CURTAIN.middle;
  const [from, to] = inSight(frame);
  return hangAt((((from + to) / 2 - frame.left) / frame.width) * 100);
}
