/** The map on the page and what lies over its sides; a panel that covers nearly all of it is on its way out. */
import type { Bounds } from '../api/types';
import { boundsSeen, type Frame } from '../state/seen';
import type { View } from '../state/url';

/** The ground in sight, as far as no panel lies over it. */
export function boundsInSight(view: View | null): Bounds | null {
  const frame = mapFrame();
  return view && frame && boundsSeen(view, frame);
}

export function mapFrame(): Frame | null {
  const map = document.querySelector('.map')?.getBoundingClientRect();
  if (!map) return null;
  const covered = { top: 0, right: 0, bottom: 0, left: 0 };
  for (const panel of document.querySelectorAll('.layers, .panel')) {
    const box = panel.getBoundingClientRect();
    if (box.width > map.width * 0.8) continue;
    if (box.left - map.left < map.width / 2) covered.left = box.right - map.left;
    else covered.right = map.right - box.left;
  }
  return { width: map.width, height: map.height, covered };
}
