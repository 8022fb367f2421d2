/**
 * The part of the screen that a presentation leaves to the map. A stop is composed for the stage of a projector of
 * 1366 × 768; a larger or smaller one shows the same stretch of land, larger or smaller, and always beside the
 * caption.
 *
 *     ┌─────────┬──────────────┐
 *     │ caption │    stage     │      the stop's centre lies in the middle of the stage
 *     │         │      +       │
 *     └─────────┴──────────────┘
 */
import type { LonLat } from '../api/types';
import { positionAt, type Frame } from './seen';
import { roundView, type View } from './url';

/** Of the screen that stops are composed for. */
const STAGE = { width: 820, height: 690 };

export interface Camera {
  center: LonLat;
  zoom: number;
  bearing: number;
}

const stageOf = ({ width, height, covered }: Frame) => ({
  width: Math.max(1, width - covered.left - covered.right),
  height: Math.max(1, height - covered.top - covered.bottom),
  /** Of its middle from the middle of the map, in pixels. */
  x: (covered.left - covered.right) / 2,
  y: (covered.top - covered.bottom) / 2,
});

/** How many zoom levels nearer a stage of that size shows the same land. */
const nearer = ({ width, height }: { width: number; height: number }): number => Math.log2(Math.min(width / STAGE.width, height / STAGE.height));

/** What the map must show, caption and all. */
export function viewOnStage({ center: [lon, lat], zoom, bearing }: Camera, frame: Frame): View {
  const stage = stageOf(frame);
  // Rounded first: a hundredth of a zoom moves the centre by more than a pixel.
  const there = roundView({ lon, lat, zoom: zoom + nearer(stage), bearing });
  const [west, south] = positionAt(-stage.x, -stage.y, there);
  return roundView({ ...there, lon: west, lat: south });
}

/** The same the other way round: what somebody sees now, as a stop. */
export function cameraOf(view: View, frame: Frame): Camera {
  const stage = stageOf(frame);
  const [lon, lat] = positionAt(stage.x, stage.y, view);
  const round = (value: number, digits: number): number => Number(value.toFixed(digits));
  return { center: [round(lon, 5), round(lat, 5)], zoom: round(view.zoom - nearer(stage), 2), bearing: view.bearing };
}
