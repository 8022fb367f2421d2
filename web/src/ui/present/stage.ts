/** How much of the map the caption covers. It stands beside the map where the screen is wide, and below where it is high. */
import type { Frame } from '../../state/seen';

/** Kept clear all round, and what the scale and the remarks in the lower corner take. */
const AIR = 20;
const FOOT = 44;

export function stageFrame(): Frame | null {
  const map = document.querySelector('.map')?.getBoundingClientRect();
  const card = document.querySelector('.talk-card')?.getBoundingClientRect();
  if (!map || map.width === 0 || !card) return null;
  const beside = card.width < map.width * 0.7;
  return {
    width: map.width, height: map.height,
    covered: {
      top: AIR, right: AIR,
      left: AIR + (beside ? Math.max(0, card.right - map.left) : 0),
      bottom: FOOT + (beside ? 0 : Math.max(0, map.bottom - card.top)),
    },
  };
}
