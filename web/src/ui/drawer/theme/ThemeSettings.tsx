/**
 * How the thematic map is made. Every control keeps its place whatever the measure; what does not apply
 * to it is switched off, not taken away.
 */
import type { ComponentChildren } from 'preact';
import type { Theme } from '../../../api/types';
import { METHODS } from '../../../state/classify';
import { pick, termed } from '../../../state/language';
import { colorsOf, PALETTES } from '../../../state/palettes';
import { FEWEST_CLASSES, MOST_CLASSES, type ThemeChoice } from '../../../state/theme';
import { useAtlas, useText } from '../../context';
import { themeText } from '../../text/theme';

const COUNTS = Array.from({ length: MOST_CLASSES - FEWEST_CLASSES + 1 }, (_, i) => FEWEST_CLASSES + i);

export function ThemeSettings({ themes, theme, choice }: { themes: readonly Theme[]; theme: Theme | undefined; choice: ThemeChoice }) {
  const { atlas, store, language } = useAtlas();
  const words = useText(themeText);
  const change = (part: Partial<ThemeChoice>): void => void (store.theme.value = { ...choice, ...part });
  const ranked = theme?.scale === 'rank';
  const option = ({ id, title, title_en }: Theme) => <option key={id} value={id}>{pick(language, title, title_en).text}</option>;
  const isField = ({ id }: Theme): boolean => id.startsWith('field:');
  return (
    <form class="theme-settings" onSubmit={(event) => event.preventDefault()}>
      <Choice label={words.measure}>
        <select value={choice.measure} onChange={(event) => change({ measure: event.currentTarget.value })}>
          {!theme && <option value={choice.measure}>{choice.measure}</option>}
          <optgroup label={words.measures}>{themes.filter((one) => !isField(one)).map(option)}</optgroup>
          {themes.some(isField) && <optgroup label={words.fields}>{themes.filter(isField).map(option)}</optgroup>}
        </select>
      </Choice>
      <div class="theme-pair">
        <Choice label={words.industry}>
          <select value={choice.industry ?? ''} disabled={!theme?.by.includes('industry')} onChange={(event) => change({ industry: event.currentTarget.value || null })}>
            <option value="">{words.allIndustries}</option>
            {atlas.vocabulary.industries.map((term) => <option key={term.id} value={term.id}>{termed(language, term).text}</option>)}
          </select>
        </Choice>
        <Choice label={words.year}>
          <select value={choice.year ?? ''} disabled={!theme?.by.includes('year')} onChange={(event) => change({ year: Number(event.currentTarget.value) || null })}>
            <option value="">{words.allYears}</option>
            {yearsOf(atlas.plans.map(({ period }) => period ?? ''), choice.year).map((year) => <option key={year} value={year}>{year}</option>)}
          </select>
        </Choice>
      </div>
      <fieldset disabled={ranked}>
        <legend>{words.method}</legend>
        <div class="segments">
          {METHODS.map((method) => (
            <label key={method} title={words.methodHints[method]}>
              <input type="radio" name="theme-method" checked={choice.method === method} onChange={() => change({ method })} />
              <span>{words.methods[method]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset disabled={ranked}>
        <legend>{words.classes}</legend>
        <div class="segments">
          {COUNTS.map((classes) => (
            <label key={classes}>
              <input type="radio" name="theme-classes" checked={choice.classes === classes} onChange={() => change({ classes })} />
              <span>{classes}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{words.palette}</legend>
        <div class="segments palettes">
          {PALETTES.map((palette) => (
            <label key={palette} title={words.palettes[palette]}>
              <input type="radio" name="theme-palette" checked={choice.palette === palette} onChange={() => change({ palette })} />
              <span class="palette">
                <span class="visually-hidden">{words.palettes[palette]}</span>
                {colorsOf(palette, choice.classes, choice.inverted).map((color) => <i key={color} style={{ background: color }} />)}
              </span>
            </label>
          ))}
        </div>
        <label class="theme-check">
          <input type="checkbox" checked={choice.inverted} onChange={() => change({ inverted: !choice.inverted })} />
          {words.inverted}
        </label>
      </fieldset>
      <button type="button" class="button" onClick={() => (store.theme.value = null)}>{words.off}</button>
    </form>
  );
}

function Choice({ label, children }: { label: string; children: ComponentChildren }) {
  return <label class="theme-choice"><span>{label}</span>{children}</label>;
}

/** The years the plans run through, and the one a link names. */
function yearsOf(periods: readonly string[], chosen: number | null): number[] {
  const years = periods.flatMap((period) => period.match(/\d{4}/g) ?? []).map(Number);
  if (years.length === 0) return chosen === null ? [] : [chosen];
  const first = Math.min(...years);
  const all = Array.from({ length: Math.max(...years) - first + 1 }, (_, i) => first + i);
  return chosen === null || all.includes(chosen) ? all : [...all, chosen].sort((a, b) => a - b);
}
