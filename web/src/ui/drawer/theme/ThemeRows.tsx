/**
 * Every place with its value as a table: the thematic map for whoever cannot use a map. While a curtain
 * hangs between two years, both of them.
 */
import { useState } from 'preact/hooks';
import { named } from '../../../state/language';
import { writtenValue, type ThemeRow, type ThemeSheet } from '../../../state/theme-sheet';
import { useAtlas, useText } from '../../context';
import { PlaceLink } from '../../parts';
import { themeText } from '../../text/theme';
import { ThemeYear } from './ThemeKey';

/** By the place, or by the value in one of the sheets. */
type Order = { by: 'place' | number; descending: boolean };

/** A dropped layer may hold thousands of places. */
const PAGE = 300;

/** The sheets hold the same places in the same order. */
export function ThemeRows({ sheets }: { sheets: readonly ThemeSheet[] }) {
  const { language, words: common } = useAtlas();
  const words = useText(themeText);
  const [most, setMost] = useState(PAGE);
  const [order, setOrder] = useState<Order>({ by: 0, descending: true });
  const by = order.by === 'place' || order.by < sheets.length ? order.by : 0;
  const all = (sheets[0]?.rows ?? []).map((first, i) => ({ place: first.place, rows: sheets.flatMap(({ rows }) => rows[i] ?? []) }));
  const lines = sorted(all, { ...order, by }, (line) => named(language, line.place).text, language);
  const head = (column: Order['by'], name: preact.ComponentChildren) => {
    const on = by === column;
    return (
      <th key={column} scope="col" aria-sort={on ? (order.descending ? 'descending' : 'ascending') : 'none'}>
        <button type="button" onClick={() => setOrder({ by: column, descending: on ? !order.descending : column !== 'place' })}>
          {name}<span aria-hidden="true" class="theme-arrow">{on ? (order.descending ? '▼' : '▲') : ''}</span>
        </button>
      </th>
    );
  };
  return (
    <>
      <table class="theme-rows">
        <caption class="visually-hidden">{words.values}</caption>
        <thead>
          <tr>{head('place', words.place)}{sheets.map((sheet, i) => head(i, sheets.length > 1 ? <ThemeYear sheet={sheet} /> : words.value))}</tr>
        </thead>
        <tbody>
          {lines.slice(0, most).map(({ place, rows }) => (
            <tr key={place.id}>
              <td><PlaceLink place={place} /></td>
              {sheets.map((sheet, i) => <Value key={i} sheet={sheet} row={rows[i]} />)}
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > most && (
        <button type="button" class="button quiet" onClick={() => setMost(most + PAGE)}>{common.more(Math.min(PAGE, lines.length - most))}</button>
      )}
    </>
  );
}

function Value({ sheet, row }: { sheet: ThemeSheet; row: ThemeRow | undefined }) {
  const { language } = useAtlas();
  const words = useText(themeText);
  const color = row && sheet.classes[row.of]?.color;
  return (
    <td class="theme-value">
      <span>{writtenValue(sheet.theme, row?.value ?? null, language) ?? words.without}</span>
      <span class="theme-swatch" style={color ? { background: color } : {}} aria-hidden="true" />
    </td>
  );
}

interface Line {
  place: ThemeRow['place'];
  rows: readonly ThemeRow[];
}

/** Places without a value come last, whichever way the rest goes. */
function sorted(lines: readonly Line[], { by, descending }: Order, nameOf: (line: Line) => string, language: string): Line[] {
  const words = new Intl.Collator(language === 'zh' ? 'zh-CN' : 'en');
  const sign = descending ? -1 : 1;
  const byName = (a: Line, b: Line): number => words.compare(nameOf(a), nameOf(b));
  if (by === 'place') return [...lines].sort((a, b) => sign * byName(a, b));
  return [...lines].sort((a, b) => {
    const [first, second] = [a.rows[by]?.value ?? null, b.rows[by]?.value ?? null];
    if (first === null || second === null) return first === second ? byName(a, b) : first === null ? 1 : -1;
    return sign * (first - second) || byName(a, b);
  });
}
