/**
 * The pen: terra-draw in the service of the store's drawings. It shows what it is told, hands over what
 * has been drawn or moved, and remembers nothing beyond the stroke in hand. The only file that knows terra-draw.
 */
import type { Map as MapLibre } from 'maplibre-gl';
import {
  TerraDraw, TerraDrawCircleMode, TerraDrawLineStringMode, TerraDrawModeUndoRedo, TerraDrawPointMode, TerraDrawPolygonMode,
  TerraDrawRectangleMode, TerraDrawSelectMode, type GeoJSONStoreFeatures,
} from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import type { Drawing } from '../state/board';
import { geometryOf, shapeOf, type Shape, type Tool } from '../state/shapes';
import { inksOf } from './drawing-ink';

export interface Work {
  drawings: readonly Drawing[];
  tool: Tool | null;
  editing: string | null;
  dark: boolean;
}

interface PenEvents {
  /** Of the stroke in hand, at every move; `null` while it has no extent. */
  sketched: (shape: Shape | null) => void;
  drawn: (id: string, shape: Shape) => void;
  reshaped: (id: string, shape: Shape) => void;
}

export interface Pen {
  follow: (work: Work) => void;
  /** Whether there was enough to finish. */
  finish: () => boolean;
  /** One corner back or again; `false` when the stroke in hand has no such step. */
  back: () => boolean;
  again: () => boolean;
  stop: () => void;
}

const IDLE = 'static';
const EDIT = 'select';
/** Terra-draw takes no more decimals than this from us; it is a tenth of a metre. */
const DECIMALS = 6;

const EDITABLE_CORNERS = { feature: { draggable: true, coordinates: { draggable: true, midpoints: { draggable: true }, deletable: true } } } as const;
/** Enter finishes; Escape and all else are the page's. */
const KEYS = { cancel: null, finish: 'Enter' } as const;

export function createPen(map: MapLibre, events: PenEvents): Pen {
  let strokes = 0;
  const ink = inksOf(false);
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: DECIMALS, minPixelDragDistance: 4, minPixelDragDistanceDrawing: 8 }),
    modes: [
      new TerraDrawPolygonMode({ modeName: 'polygon', keyEvents: KEYS, styles: ink.area, showCoordinatePoints: true }),
      new TerraDrawRectangleMode({ modeName: 'rectangle', keyEvents: KEYS, styles: ink.area }),
      new TerraDrawCircleMode({ modeName: 'circle', keyEvents: KEYS, styles: ink.area, drawInteraction: 'click-move-or-drag' }),
      new TerraDrawLineStringMode({ modeName: 'line', keyEvents: KEYS, styles: ink.line, showCoordinatePoints: true }),
      new TerraDrawPointMode({ modeName: 'point', styles: ink.point }),
      new TerraDrawSelectMode({
        modeName: EDIT, keyEvents: null, styles: ink.selection, allowManualDeselection: false, allowManualSelection: false,
        flags: {
          polygon: EDITABLE_CORNERS,
          line: EDITABLE_CORNERS,
          rectangle: { feature: { draggable: true, coordinates: { resizable: 'opposite' } } },
          circle: { feature: { draggable: true, coordinates: { resizable: 'center' } } },
          point: { feature: { draggable: true } },
        },
      }),
    ],
    idStrategy: { isValidId: (id) => typeof id === 'string' && id !== '', getId: () => `stroke-${++strokes}` },
    undoRedo: { modeLevel: new TerraDrawModeUndoRedo() },
  });
  /** What the map shows at present, by id. */
  const shown = new Map<string, Shape>();
  let work: Work = { drawings: [], tool: null, editing: null, dark: false };
  let finished = false;

  draw.on('finish', (id, { action }) => {
    const feature = draw.getSnapshotFeature(id);
    const tool = toolOf(feature);
    const shape = feature && tool && shapeOf(tool, feature.geometry);
    if (!shape) {
      draw.removeFeatures([id]);
      return;
    }
    if (action === 'draw') {
      finished = true;
      events.drawn(String(id), shape);
    } else {
      events.reshaped(String(id), keepingSize(work.drawings.find((drawing) => drawing.id === id)?.shape, shape, action));
    }
  });
  draw.on('change', (_, type) => {
    if (!work.tool || type === 'styling') return;
    const stroke = draw.getSnapshot().find((feature) => feature.properties['currentlyDrawing'] === true);
    events.sketched(stroke ? shapeOf(work.tool, stroke.geometry) : null);
  });
  draw.start();
  draw.setMode(IDLE);

  const show = (drawings: readonly Drawing[]): void => {
    const gone = [...shown.keys()].filter((id) => !drawings.some((drawing) => drawing.id === id));
    draw.removeFeatures(gone.filter((id) => draw.hasFeature(id)));
    for (const id of gone) shown.delete(id);
    for (const { id, shape } of drawings) {
      if (shown.get(id) === shape) continue;
      const geometry = geometryOf(shape);
      if (draw.hasFeature(id)) draw.updateFeatureGeometry(id, geometry);
      else draw.addFeatures([{ type: 'Feature', id, geometry, properties: { mode: shape.tool } }]);
      shown.set(id, shape);
    }
  };

  return {
    follow(next) {
      const { tool, editing, dark } = work;
      work = next;
      if (next.dark !== dark) dip(next.dark);
      if (editing && next.editing !== editing) draw.setMode(IDLE);
      show(next.drawings);
      if (next.editing && next.editing !== editing) draw.selectFeature(next.editing, EDIT);
      else if (!next.editing && (next.tool !== tool || next.tool !== null)) setTool(next.tool);
    },
    finish() {
      finished = false;
      map.getCanvas().dispatchEvent(new KeyboardEvent('keyup', { key: 'Enter' }));
      return finished;
    },
    back: () => draw.undo(),
    again: () => draw.redo(),
    stop: () => draw.stop(),
  };

  function dip(dark: boolean): void {
    const { area, line, point, selection } = inksOf(dark);
    for (const mode of ['polygon', 'rectangle', 'circle']) draw.updateModeOptions(mode, { styles: area });
    draw.updateModeOptions('line', { styles: line });
    draw.updateModeOptions('point', { styles: point });
    draw.updateModeOptions(EDIT, { styles: selection });
  }

  function setTool(tool: Tool | null): void {
    const mode = tool ?? IDLE;
    if (draw.getMode() !== mode) draw.setMode(mode);
  }
}

function toolOf(feature: GeoJSONStoreFeatures | undefined): Tool | null {
  const mode = feature?.properties['mode'];
  return mode === 'polygon' || mode === 'rectangle' || mode === 'circle' || mode === 'line' || mode === 'point' ? mode : null;
}

/** A circle that was only moved keeps its radius to the metre. */
function keepingSize(before: Shape | undefined, after: Shape, action: string): Shape {
  return action === 'dragFeature' && before?.tool === 'circle' && after.tool === 'circle' ? { ...after, metres: before.metres } : after;
}
