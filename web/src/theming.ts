/**
 * Fetches the values of the chosen measure and lays them over the map. The sheet of the last measure
 * stays until the next one's values have come, so that nothing flickers meanwhile.
 */
import { batch, effect, untracked } from '@preact/signals';
import { api, ApiError } from './api/client';
import type { ThemeValues } from './api/types';
import type { Store } from './state/store';
import type { ThemeChoice } from './state/theme';
import { themeSheet, thematicOf } from './state/theme-sheet';

export function watchTheme(store: Store): void {
  const { sheet, asking, failing } = store.theming;

  effect(() => {
    const choice = store.theme.value;
    if (!choice) {
      untracked(() => batch(() => {
        sheet.value = null;
        asking.value = false;
        failing.value = null;
      }));
      return;
    }
    const settle = (outcome: () => void): void => {
      if (store.theme.peek() !== choice) return;
      batch(() => {
        asking.value = false;
        outcome();
      });
    };
    untracked(() => (asking.value = true));
    valuesOf(choice).then(
      ({ theme, values }) => settle(() => {
        failing.value = null;
        sheet.value = themeSheet(theme, values, choice);
      }),
      (error: unknown) => settle(() => {
        sheet.value = null;
        failing.value = error instanceof ApiError ? error : new ApiError(-1, String(error), null);
      }),
    );
  });

  effect(() => {
    const language = store.language.value;
    store.thematic.value = sheet.value && thematicOf(sheet.value, language);
  });
}

/** A link may narrow a measure down by what it cannot be narrowed down by; that is left out. */
async function valuesOf({ measure, industry, year }: ThemeChoice): Promise<ThemeValues> {
  const { items } = await api.themes();
  const theme = items.find((one) => one.id === measure);
  if (!theme) throw new ApiError(404, 'no such measure', measure);
  return api.themeValues(measure, {
    ...(theme.by.includes('industry') && industry && { industry }),
    ...(theme.by.includes('year') && year !== null && { year: String(year) }),
  });
}
