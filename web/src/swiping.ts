/**
 * While a curtain hangs between two years: fetches the measure for both and puts them into the same
 * classes, so that one colour means one thing on either side.
 */
import { effect } from '@preact/signals';
import { api } from './api/client';
import type { Store } from './state/store';
import { years } from './state/swipe';
import { themeSheet } from './state/theme-sheet';

export function watchSwipe(store: Store): void {
  const { sides } = store.theming;
  let last = '';
  effect(() => {
    const choice = store.theme.value;
    const [left, right] = years(store.swipe.value);
    const key = choice && left !== right ? JSON.stringify([choice, left, right]) : '';
    if (key === last) return;
    last = key;
    if (!choice || !key) {
      sides.value = null;
      return;
    }
    const valuesUpTo = (year: number | null) => api.themeValues(choice.measure, {
      ...(choice.industry && { industry: choice.industry }), ...(year !== null && { year: String(year) }),
    });
    Promise.all([valuesUpTo(left), valuesUpTo(right)]).then(
      ([before, after]) => {
        if (last !== key) return;
        const basis = [...before.values, ...after.values];
        sides.value = {
          left: themeSheet(before.theme, before.values, { ...choice, year: left }, basis),
          right: themeSheet(after.theme, after.values, { ...choice, year: right }, basis),
        };
      },
      () => {
        if (last === key) last = '';
      },
    );
  });
}
