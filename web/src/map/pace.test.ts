import { describe, expect, it } from 'vitest';
import { bare, stopwatch, tooFar } from './pace';

const lying = { x: 0, y: 0, scale: 1, turn: 0 };

describe('a picture pushed about', () => {
  it('leaves bare what it was pushed away from', () => {
    expect(bare(lying, 1000, 500)).toBe(0);
    expect(bare({ ...lying, x: 250 }, 1000, 500)).toBeCloseTo(0.25);
    expect(bare({ ...lying, x: -100, y: 50 }, 1000, 500)).toBeCloseTo(1 - 0.9 * 0.9);
    expect(bare({ ...lying, x: 5000 }, 1000, 500)).toBe(1);
  });

  it('covers less the more it is shrunk, and everything when it is stretched', () => {
    expect(bare({ ...lying, scale: 0.5 }, 1000, 500)).toBeCloseTo(0.75);
    expect(bare({ ...lying, scale: 1.5, x: 100 }, 1000, 500)).toBe(0);
  });

  it('is drawn anew when it is mostly gone or a blur', () => {
    expect(tooFar({ ...lying, x: 300 }, 1000, 500)).toBe(false);
    expect(tooFar({ ...lying, x: 500 }, 1000, 500)).toBe(true);
    expect(tooFar({ ...lying, scale: 2.1 }, 1000, 500)).toBe(true);
  });
});

describe('the stopwatch', () => {
  it('calls slow only what has been slow time after time', () => {
    const watch = stopwatch();
    for (const ms of [300, 300]) watch.take(ms);
    expect(watch.slow()).toBe(false);
    watch.take(300);
    expect(watch.slow()).toBe(true);
    watch.take(16);
    expect(watch.slow()).toBe(false);
  });

  it('knows from the start what the browser has said, and forgets it when drawing turns out to be fast', () => {
    const watch = stopwatch(true);
    expect(watch.slow()).toBe(true);
    watch.take(16);
    expect(watch.slow()).toBe(false);
  });
});
