/** What is to be drawn, with which layers, and what of the screen a picture does not have. */
import { groundOf } from '../../state/basemap';
import { named } from '../../state/language';
import { SUBJECTS, type SubjectKind } from '../../state/picture';
import { useAtlas, useText } from '../context';
import { Radio } from '../export/parts';
import { printText } from '../text/print';
import type { Chosen } from './useChosen';

export function SubjectChoice({ chosen }: { chosen: Chosen }) {
  const { language, store } = useAtlas();
  const words = useText(printText);
  const { choice, choose, subjects, layers } = chosen;
  const { place, counties, sheets } = subjects;
  const selected = store.selection.value.kind === 'place';
  const nameOf = (one: SubjectKind): string => {
    if (one === 'place' && place) return words.placeNamed(named(language, place).text);
    if (one === 'county' && counties.length === 1 && counties[0]) return words.countyNamed(named(language, counties[0]).text);
    return words.subjects[one];
  };
  const hintOf = (one: SubjectKind): string | undefined =>
    one === 'place' && !selected ? words.noPlace : one === 'each' && choice.subject === 'each' ? words.sheets(sheets) : undefined;
  return (
    <fieldset class="export-field picture-subject">
      <legend>{words.subject}</legend>
      {SUBJECTS.filter((one) => one !== 'each' || sheets > 0).map((one) => (
        <div key={one}>
          <Radio
            name="picture-subject" checked={choice.subject === one} disabled={one === 'place' && !selected} choose={() => choose({ subject: one })}
            hint={hintOf(one)}
          >
            {nameOf(one)}
          </Radio>
          {one === 'county' && choice.subject === 'county' && counties.length > 1 && <CountyChoice chosen={chosen} />}
        </div>
      ))}
      <p class="aside">{words.layersShown(layers.length)}</p>
      <LeftOut />
    </fieldset>
  );
}

function CountyChoice({ chosen: { subjects, county } }: { chosen: Chosen }) {
  const { store, language } = useAtlas();
  const words = useText(printText);
  return (
    <select class="picture-county" aria-label={words.whichCounty} value={county?.id ?? 'all'} onChange={(event) => (store.picturing.county.value = event.currentTarget.value)}>
      {subjects.counties.map((one) => <option key={one.id} value={one.id}>{named(language, one).text}</option>)}
      <option value="all">{words.allCounties}</option>
    </select>
  );
}

/** The server draws the layers of the atlas and nothing else. */
function LeftOut() {
  const { atlas, store, language } = useAtlas();
  const words = useText(printText);
  const { ground, theme, mine, swipe } = words.things;
  const things = [
    groundOf(atlas, store.ground.value, store.settings.keys.value) && ground,
    store.theme.value && theme,
    store.mine.layers.value.some(({ visible }) => visible) && mine,
    store.swipe.value && swipe,
  ].filter((thing): thing is string => Boolean(thing));
  return things.length > 0 ? <p class="export-warn">{words.leftOut(language === 'zh' ? [things.join('、')] : things)}</p> : null;
}
