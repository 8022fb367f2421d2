/** What the colours mean: title, unit, method and every class with its limits as applied and its count. */
import { pick } from '../../../state/language';
import { widthOf, type ThemeClass, type ThemeSheet } from '../../../state/theme-sheet';
import { useAtlas, useText } from '../../context';
import { W } from '../../parts';
import { themeText } from '../../text/theme';

export function ThemeTitle({ sheet: { theme, choice } }: { sheet: ThemeSheet }) {
  const { atlas, language } = useAtlas();
  const words = useText(themeText);
  const industry = theme.by.includes('industry') ? atlas.vocabulary.industries.find(({ id }) => id === choice.industry) : undefined;
  return (
    <>
      <W of={pick(language, theme.title, theme.title_en)} />
      {industry && <> · <W of={pick(language, industry.zh, industry.en)} /></>}
      {theme.by.includes('year') && choice.year !== null && <> · {words.upTo(choice.year)}</>}
    </>
  );
}

/** Up to when the right side of a curtain counts. */
export function ThemeYear({ sheet: { choice } }: { sheet: ThemeSheet }) {
  const words = useText(themeText);
  return <>{choice.year === null ? words.allYears : words.upTo(choice.year)}</>;
}

/** `right`: the same classes counted for the right side of a curtain. */
export function ThemeKey({ sheet, right }: { sheet: ThemeSheet; right?: ThemeSheet }) {
  const { atlas, language } = useAtlas();
  const words = useText(themeText);
  const { theme, choice, classes, rows } = sheet;
  const round = atlas.layers.find(({ id }) => id === theme.layer)?.geometry === 'point';
  const unit = pick(language, theme.unit, theme.unit_en);
  const classed = classes.filter(({ kind }) => kind !== 'none').length;
  const method = theme.scale === 'rank' ? words.ranked : words.methodNames[choice.method];
  const brief = language === 'zh' && !round && classes.length > 3 && classes.every(({ label }) => !label || widthOf(label[language]) < BRIEF);
  return (
    <>
      <p class="theme-unit">
        {unit.text && <>{words.unit(unit.text)} · </>}{method}
      </p>
      <ul class={`theme-classes ${brief ? 'brief' : ''}`}>
        {classes.map((one, i) => (
          <li key={i}>
            <Swatch of={one} round={round} />
            {one.mark[language] && <b class="theme-mark">{one.mark[language]}</b>}
            <span class="theme-limits">{one.label ? one.label[language] : words.without}</span>
            <span class="count">{right ? words.sides(one.count, right.classes[i]?.count ?? 0) : words.places(one.count)}</span>
          </li>
        ))}
      </ul>
      <p class="theme-total">
        <span class="count">{words.allPlaces(rows.length)}</span>
        {theme.scale !== 'rank' && classed < choice.classes && <span>{words.fewer(classed)}</span>}
      </p>
    </>
  );
}

/** So short are limits of whole numbers that, in Chinese, two columns have room beside each other. */
const BRIEF = 9;

/** Of points a circle of the size it has on the map. */
function Swatch({ of: { color, radius }, round }: { of: ThemeClass; round: boolean }) {
  const side = `${2 * radius}px`;
  return (
    <span class={`theme-sample ${round ? 'round' : ''}`} aria-hidden="true">
      <span class="theme-swatch" style={{ ...(color && { background: color }), ...(round && { width: side, height: side }) }} />
    </span>
  );
}

/** The legend on the map itself, so that a picture of the screen is complete. */
export function ThemeCartouche() {
  const { store } = useAtlas();
  const words = useText(themeText);
  const sides = store.theming.sides.value;
  const sheet = sides?.left ?? store.theming.sheet.value;
  if (!sheet) return null;
  return (
    <section class="theme-cartouche" aria-label={words.legendOnMap}>
      <p class="theme-cartouche-title"><ThemeTitle sheet={sheet} />{sides && <> | <ThemeYear sheet={sides.right} /></>}</p>
      <ThemeKey sheet={sheet} {...(sides && { right: sides.right })} />
      <p>{sheet.theme.id.startsWith('field:') ? words.sourceField : words.source}</p>
    </section>
  );
}
