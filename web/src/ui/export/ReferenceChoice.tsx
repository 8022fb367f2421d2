/** In which reference system. A format that knows only one says so instead of offering others. */
import type { CrsChoice } from '../../api/export';
import { useAtlas, useText } from '../context';
import { exportText } from '../text/export';
import type { Chosen } from './useChosen';

/** Degrees are named by their datum; everything else that is not shifted is in metres. */
const DEGREES: readonly string[] = ['EPSG:4326', 'EPSG:4490'];

export function ReferenceChoice({ chosen: { choices, format, crs } }: { chosen: Chosen }) {
  const { store, language } = useAtlas();
  const words = useText(exportText);
  const groups: readonly (readonly [string, readonly CrsChoice[]])[] = [
    [words.degrees, choices.crs.filter(({ id }) => DEGREES.includes(id))],
    [words.metres, choices.crs.filter(({ id, shifted }) => !shifted && !DEGREES.includes(id))],
    [words.shifted, choices.crs.filter(({ shifted }) => shifted)],
  ];
  const shifted = choices.crs.some((one) => one.id === crs && one.shifted);
  const hint = !format.any_crs ? words.onlyDegrees(format.title) : shifted ? words.shiftedHint : words.referenceHints[crs];
  return (
    <fieldset class="export-field">
      <legend>{words.reference}</legend>
      <select
        class="export-wide" aria-label={words.reference} aria-describedby="export-crs-hint" value={crs} disabled={!format.any_crs}
        onChange={(event) => (store.exporting.crs.value = event.currentTarget.value)}
      >
        {groups.map(([title, of]) => of.length > 0 && (
          <optgroup key={title} label={title}>
            {of.map((one) => <option key={one.id} value={one.id}>{language === 'zh' ? one.zh : one.en}</option>)}
          </optgroup>
        ))}
      </select>
      <p id="export-crs-hint" class={shifted ? 'export-warn' : 'aside'}>{hint}</p>
    </fieldset>
  );
}
