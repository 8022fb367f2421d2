/**
 * What stands in the rows when townships are compared: of each dossier the same things in the same
 * order, and whether they differ. Nothing is judged: more is not better.
 */
import type { PlaceNear } from '../api/answers';
import type { Atlas, Dossier, Term } from '../api/types';
import { accuracyOf } from './accuracy';
import { formatArea, formatDistance, formatRoughArea, formatRoughDistance } from './format';
import { named, pick, termed, titled, type Language, type Worded } from './language';
import type { SelectionKind } from './selection';

export const ROWS = [
  'county', 'area', 'accuracy', 'roles', 'herbs', 'projects', 'targets', 'tasks', 'units', 'medical', 'discrepancies', 'toCounty', 'toCentre',
] as const;
export type RowId = (typeof ROWS)[number];

/** Rows whose lists are so long that at first only their number is shown. */
export const FOLDED: readonly RowId[] = ['projects', 'targets', 'tasks', 'units', 'discrepancies'];

export interface Item {
  id: string;
  name: Worded;
  /** What it opens, if it is a thing of its own. */
  opens: SelectionKind | null;
  /** All compared townships have it. */
  shared: boolean;
}

export interface Cell {
  /** Said in one line; `null` where only the list speaks. */
  text: string | null;
  aside: string | null;
  items: readonly Item[];
  groups: readonly { name: Worded; count: number }[];
}

export interface CompareRow {
  id: RowId;
  cells: readonly Cell[];
  differs: boolean;
}

/** A township with what lies nearest to its seat. */
export interface Compared {
  dossier: Dossier;
  near: readonly PlaceNear[];
}

export interface ColumnWords {
  accuracyPlain: Readonly<Record<string, string>>;
  areaSchematic: string;
  notKnown: string;
  noIndustry: string;
}

/** Kinds of the places that distances are measured to. */
export const COUNTY_TOWN = 'urban-core';
export const MEDICAL_CENTRE = 'medical-centre';

export function compareRows(compared: readonly Compared[], atlas: Atlas, language: Language, words: ColumnWords): CompareRow[] {
  const medical = new Set(atlas.layers.find(({ id }) => id === 'medical')?.classes.map(({ value }) => value));
  const line = (text: string | null, aside: string | null = null): Cell => ({ text: text ?? words.notKnown, aside, items: [], groups: [] });
  const list = (items: readonly Omit<Item, 'shared'>[], groups: Cell['groups'] = []): Cell => ({
    text: null, aside: null, groups, items: [...new Map(items.map((item) => [item.id, { ...item, shared: false }])).values()],
  });

  const cellOf: Record<RowId, (one: Compared) => Cell> = {
    county: ({ dossier: { place } }) => line(place.within && named(language, place.within).text),
    area: ({ dossier: { place } }) => {
      if (place.area_m2 === null) return line(null);
      return place.accuracy === 'schematic' ? line(formatRoughArea(place.area_m2, language), words.areaSchematic) : line(formatArea(place.area_m2, language));
    },
    accuracy: ({ dossier: { place } }) => line(words.accuracyPlain[accuracyOf(place)] ?? null),
    roles: ({ dossier }) => list(dossier.roles.map((role) => ({ id: role.title + role.kind.id, name: titled(language, role), opens: null }))),
    herbs: ({ dossier }) => list(dossier.roles.flatMap(({ herbs }) => herbs).map((herb) => ({ id: herb.id, name: termed(language, herb), opens: null }))),
    projects: ({ dossier }) => list(
      dossier.projects.map((project) => ({ id: project.id, name: named(language, project), opens: 'project' })),
      counted(dossier.projects.map(({ industry }) => industry), language, words.noIndustry),
    ),
    targets: ({ dossier }) => list(dossier.targets.map((target) => ({ id: target.id, name: named(language, target), opens: 'target' }))),
    tasks: ({ dossier }) => list(dossier.tasks.map((task) => ({ id: task.id, name: titled(language, task), opens: 'task' }))),
    units: ({ dossier }) => list(
      [...dossier.projects, ...dossier.tasks].flatMap((record) => [...record.lead_units, ...record.cooperating_units])
        .map((unit) => ({ id: unit.id, name: named(language, unit), opens: 'organisation' })),
    ),
    medical: ({ dossier }) => list(
      dossier.inside.filter(({ kind }) => medical.has(kind.id)).map((place) => ({ id: place.id, name: named(language, place), opens: 'place' })),
    ),
    discrepancies: ({ dossier }) => list(
      dossier.discrepancies.map((one) => ({ id: one.id, name: pick(language, one.topic, one.topic_en), opens: 'discrepancy' })),
    ),
    toCounty: (one) => distance(one, ({ kind, county }) => kind.id === COUNTY_TOWN && county === one.dossier.place.county),
    toCentre: (one) => distance(one, ({ kind }) => kind.id === MEDICAL_CENTRE),
  };

  /** No more exact than the two positions it is measured between. */
  function distance({ dossier: { place }, near }: Compared, fits: (one: PlaceNear) => boolean): Cell {
    const nearest = near.find(fits);
    if (!nearest) return line(null);
    const vague = place.accuracy === 'schematic' || place.seat_accuracy === 'approximate' || nearest.accuracy === 'approximate';
    return line((vague ? formatRoughDistance : formatDistance)(nearest.distance_m, language), named(language, nearest).text);
  }

  return ROWS.map((id): CompareRow => {
    const cells = compared.map(cellOf[id]);
    const everywhere = (item: Item): boolean => cells.length > 1 && cells.every(({ items }) => items.some((other) => other.id === item.id));
    return {
      id,
      cells: cells.map((cell) => ({ ...cell, items: cell.items.map((item) => ({ ...item, shared: everywhere(item) })) })),
      differs: new Set(cells.map(({ text, items }) => [text, ...items.map((item) => item.id).sort()].join('\n'))).size > 1,
    };
  }).filter(({ id, cells }) => !(id === 'toCounty' || id === 'toCentre') || cells.some(({ text }) => text !== words.notKnown));
}

/** Largest first. */
function counted(terms: readonly (Term | null)[], language: Language, without: string): Cell['groups'] {
  const counts = new Map<string, { name: Worded; count: number }>();
  for (const term of terms) {
    const name = term ? termed(language, term) : { text: without, lang: language };
    const known = counts.get(name.text);
    if (known) known.count += 1;
    else counts.set(name.text, { name, count: 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

/** A cell as plain text, for a spreadsheet. */
export function cellText({ text, aside, items }: Cell, language: Language): string {
  const between = language === 'zh' ? '；' : '; ';
  if (text !== null) return aside ? `${text}${language === 'zh' ? `（${aside}）` : ` (${aside})`}` : text;
  return items.map(({ name }) => name.text).join(between);
}
