/**
 * Drawing on the map. The drawings themselves are the store's; the pen that draws them is fetched when
 * the first tool is taken in hand. It adds sources and layers of its own, named `td-…`, which `keepDrawing`
 * carries over whenever the style is composed anew.
 */
import { effect } from '@preact/signals';
import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import type { Store } from '../state/store';
import type { Pen } from './drawing-pen';

const PREFIX = 'td-';
/** A click that ends a drawing is still on its way to the map when the drawing is done. */
const CLICK_PASSES = 60;

export function keepDrawing(previous: StyleSpecification | undefined, next: StyleSpecification): StyleSpecification {
  if (!previous) return next;
  const sources = Object.entries(previous.sources).filter(([id]) => id.startsWith(PREFIX));
  if (sources.length === 0) return next;
  return {
    ...next,
    sources: { ...next.sources, ...Object.fromEntries(sources) },
    layers: [...next.layers, ...previous.layers.filter((layer) => layer.id.startsWith(PREFIX))],
  };
}

export function takeDrawings(map: MapLibre, { ask, settings }: Store): () => void {
  let pen: Promise<Pen> | null = null;
  const fetchPen = async (): Promise<Pen> => {
    const { createPen } = await import('./drawing-pen');
    return createPen(map, {
      sketched: (shape) => {
        ask.tooFew.value = false;
        ask.sketch.value = shape;
      },
      drawn: (id, shape) => {
        ask.draw(shape, id);
        setTimeout(() => ask.rest(), CLICK_PASSES);
      },
      reshaped: (id, shape) => ask.reshape(id, shape),
    });
  };
  const withPen = (use: (pen: Pen) => void): void => {
    pen ??= fetchPen();
    pen.then(use, () => {
      pen = null;
      ask.rest();
      ask.penFailed.value = true;
    });
  };

  const stops = [
    effect(() => {
      const work = { drawings: ask.drawings.value, tool: ask.tool.value, editing: ask.editing.value, dark: settings.dark.value };
      if (pen || work.tool || work.drawings.length > 0) withPen((held) => held.follow(work));
    }),
    effect(() => {
      const gesture = ask.gesture.value;
      if (!gesture) return;
      ask.gesture.value = null;
      withPen((held) => {
        if (gesture === 'finish') ask.tooFew.value = !held.finish();
        else if (gesture === 'back') held.back() || ask.undo();
        else held.again() || ask.redo();
      });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    void pen?.then((held) => held.stop(), () => undefined);
  };
}
