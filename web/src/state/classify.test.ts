import { describe, expect, it } from 'vitest';
import { classify, classOf, METHODS, type Interval } from './classify';

const limits = (intervals: readonly Interval[]): number[] => [...intervals.map(({ from }) => from), intervals[intervals.length - 1]?.to ?? NaN];
const counts = (intervals: readonly Interval[]): number[] => intervals.map(({ count }) => count);

/** A repeatable run of numbers, so that a failure can be looked at again. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield state / 2147483648;
  }
}

function samples(): number[][] {
  const random = numbers(7);
  const next = (): number => random.next().value as number;
  return Array.from({ length: 120 }, (_, i) => {
    const size = 1 + Math.floor(next() * 40);
    return Array.from({ length: size }, () => {
      const value = next();
      return i % 3 === 0 ? Math.floor(value * 6) : i % 3 === 1 ? Math.floor(value * value * 300) : value * value * 12.5;
    });
  });
}

const squares = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
};

describe('equal_interval', () => {
  it('parts_the_range_into_equal_widths', () => {
    const classes = classify([0, 2.5, 5, 7.5, 10.5], 'equal', 3);
    expect(limits(classes)).toEqual([0, 3.5, 7, 10.5]);
    expect(counts(classes)).toEqual([2, 1, 2]);
  });

  it('gives_whole_limits_to_whole_numbers_without_moving_a_place', () => {
    // Widths of 3.4: 1, 4.4, 7.8, 11.2, 14.6, 18.
    const classes = classify([1, 2, 4, 5, 8, 11, 12, 18], 'equal', 5);
    expect(limits(classes)).toEqual([1, 5, 8, 12, 15, 18]);
    expect(counts(classes)).toEqual([3, 1, 2, 1, 1]);
  });

  it('keeps_an_empty_class_and_says_that_it_is_empty', () => {
    expect(counts(classify([0, 1, 2, 100], 'equal', 4))).toEqual([3, 0, 0, 1]);
  });

  it('writes_limits_of_small_decimals_shortly_and_applies_them_as_written', () => {
    const classes = classify([0.1, 0.2, 0.3, 0.40001], 'equal', 3);
    expect(limits(classes)).toEqual([0.1, 0.2, 0.3, 0.40001]);
    expect(counts(classes)).toEqual([1, 1, 2]);
  });
});

describe('quantile', () => {
  it('puts_as_many_places_into_each_class', () => {
    const classes = classify([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 'quantile', 4);
    expect(limits(classes)).toEqual([1, 4, 7, 10, 12]);
    expect(counts(classes)).toEqual([3, 3, 3, 3]);
  });

  it('keeps_equal_values_together_though_classes_grow_unequal', () => {
    const classes = classify([0, 0, 0, 0, 0, 0, 1, 2, 3], 'quantile', 3);
    expect(limits(classes)).toEqual([0, 1, 2, 3]);
    expect(counts(classes)).toEqual([6, 1, 2]);
  });
});

describe('natural_breaks', () => {
  it('finds_the_gaps', () => {
    const classes = classify([1, 2, 3, 20, 21, 22, 90, 95], 'jenks', 3);
    expect(limits(classes)).toEqual([1, 20, 90, 95]);
    expect(counts(classes)).toEqual([3, 3, 2]);
  });

  it('writes_a_limit_between_decimals_with_as_few_digits_as_part_them', () => {
    const classes = classify([1.81, 1.92, 7.4444, 7.5], 'jenks', 2);
    expect(limits(classes)).toEqual([1.81, 7, 7.5]);
  });

  it('is_not_worse_than_any_other_split', () => {
    for (const values of samples().filter(({ length }) => length <= 12)) {
      const sorted = [...values].sort((a, b) => a - b);
      const distinct = new Set(sorted).size;
      for (const wanted of [2, 3, 4]) {
        const classes = classify(values, 'jenks', wanted);
        expect(classes).toHaveLength(Math.min(wanted, distinct));
        const found = classes.reduce((sum, _, i) => sum + squares(sorted.filter((value) => classOf(classes, value) === i)), 0);
        expect(found).toBeLessThanOrEqual(bestSplit(sorted, classes.length) + 1e-9);
      }
    }
  });
});

/** By trying all of them. */
function bestSplit(sorted: readonly number[], classes: number): number {
  if (classes === 1) return squares(sorted);
  let best = Infinity;
  for (let first = 1; first <= sorted.length - classes + 1; first++) {
    best = Math.min(best, squares(sorted.slice(0, first)) + bestSplit(sorted.slice(first), classes - 1));
  }
  return best;
}

describe('every_method', () => {
  it('puts_every_value_into_exactly_one_class', () => {
    for (const values of samples()) {
      for (const method of METHODS) {
        for (let wanted = 1; wanted <= 8; wanted++) {
          const classes = classify(values, method, wanted);
          expect(counts(classes).reduce((sum, count) => sum + count, 0)).toBe(values.length);
          const astray = values.filter((value) => {
            const holding = classes.filter(({ from, to, closed }) => value >= from && (closed ? value <= to : value < to));
            return holding.length !== 1 || classes[classOf(classes, value)] !== holding[0];
          });
          expect(astray).toEqual([]);
        }
      }
    }
  });

  it('never_makes_more_classes_than_there_are_different_values', () => {
    for (const method of METHODS) {
      expect(limits(classify([3, 3, 3, 8, 8], method, 5))).toEqual(method === 'equal' ? [3, 6, 8] : [3, 8, 8]);
      expect(limits(classify([4, 4], method, 5))).toEqual([4, 4]);
      expect(classify([], method, 5)).toEqual([]);
    }
    for (const values of samples()) {
      const distinct = new Set(values).size;
      for (const method of ['quantile', 'jenks'] as const) expect(classify(values, method, 5)).toHaveLength(Math.min(5, distinct));
      expect(classify(values, 'equal', 5).length).toBeLessThanOrEqual(Math.min(5, distinct));
    }
  });

  it('has_rising_limits_that_meet_and_only_the_last_class_closed', () => {
    for (const values of samples()) {
      for (const method of METHODS) {
        const classes = classify(values, method, 5);
        classes.forEach(({ from, to, closed }, i) => {
          const last = i === classes.length - 1;
          expect(closed).toBe(last);
          if (last) expect(to).toBe(Math.max(...values));
          else expect(to).toBe(classes[i + 1]?.from);
          if (!last) expect(to).toBeGreaterThan(from);
        });
      }
    }
  });

  it('gives_whole_numbers_whole_limits', () => {
    for (const values of samples().filter((sample) => sample.every(Number.isInteger))) {
      for (const method of METHODS) expect(limits(classify(values, method, 5)).every(Number.isInteger)).toBe(true);
    }
  });

  it('passes_over_what_is_no_number', () => {
    expect(counts(classify([1, NaN, 2, Infinity], 'jenks', 2))).toEqual([1, 1]);
  });
});
