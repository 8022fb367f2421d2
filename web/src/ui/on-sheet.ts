/** Puts what opens at the pointer where it can be seen: to the left and above where there is no room, and under no panel. */

/** From the pointer, and from the edges. */
const OFF = 12;
const EDGE = 8;

export function keepOnSheet(element: HTMLElement, { x, y }: { x: number; y: number }): void {
  const frame = element.parentElement?.getBoundingClientRect();
  if (!frame) return;
  const { width, height } = element.getBoundingClientRect();
  const edge = (selector: string, side: 'left' | 'right'): number | undefined => {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    return box && box.width < frame.width * 0.8 ? box[side] - frame.left : undefined;
  };
  const from = (edge('.layers', 'right') ?? 0) + EDGE;
  const to = (edge('.panel', 'left') ?? frame.width) - width - EDGE;
  element.style.left = `${Math.max(from, Math.min(x + OFF, to))}px`;
  element.style.top = `${Math.max(EDGE, Math.min(y + OFF, frame.height - height - EDGE))}px`;
}
