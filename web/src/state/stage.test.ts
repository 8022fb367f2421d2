import { describe, expect, it } from 'vitest';
import { pixelOf } from './sight';
import { cameraOf, viewOnStage } from './stage';

const stop = { center: [108.76448, 31.00621] as [number, number], zoom: 11.5, bearing: 0 };
const projector = { width: 1366, height: 768, covered: { top: 20, right: 20, bottom: 44, left: 528 } };

describe('the stage beside the caption', () => {
  it('the_centre_of_a_stop_lies_in_the_middle_of_what_the_caption_leaves_free', () => {
    for (const bearing of [0, 40]) {
      const { x, y } = pixelOf(stop.center, viewOnStage({ ...stop, bearing }, projector), projector.width, projector.height);
      expect(x).toBeCloseTo((528 + 1366 - 20) / 2, 0);
      expect(y).toBeCloseTo((20 + 768 - 44) / 2, 0);
    }
  });

  it('a_stop_is_seen_at_its_own_zoom_on_the_screen_it_is_composed_for', () => {
    expect(viewOnStage(stop, projector).zoom).toBeCloseTo(11.5, 1);
  });

  it('every_screen_shows_the_same_stretch_of_land', () => {
    const east: [number, number] = [stop.center[0] + 0.1, stop.center[1]];
    const share = (frame: typeof projector): number => {
      const view = viewOnStage(stop, frame);
      const free = Math.min((frame.width - frame.covered.left - frame.covered.right) / 820, (frame.height - frame.covered.top - frame.covered.bottom) / 690);
      return (pixelOf(east, view, frame.width, frame.height).x - pixelOf(stop.center, view, frame.width, frame.height).x) / free;
    };
    const small = share({ width: 1024, height: 768, covered: { top: 20, right: 20, bottom: 44, left: 401 } });
    const large = share({ width: 1920, height: 1080, covered: { top: 20, right: 20, bottom: 44, left: 734 } });
    expect(small / large).toBeCloseTo(1, 1);
  });

  it('a_saved_view_is_seen_again', () => {
    const view = viewOnStage(stop, projector);
    const camera = cameraOf(view, projector);
    expect(camera.center[0]).toBeCloseTo(stop.center[0], 4);
    expect(camera.center[1]).toBeCloseTo(stop.center[1], 4);
    expect(camera.zoom).toBeCloseTo(stop.zoom, 1);
  });
});
