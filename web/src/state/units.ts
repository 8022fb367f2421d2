/** A length or an area in every unit a planner counts in. */
import type { Language } from './language';

type LengthUnit = 'm' | 'km' | 'li';
type AreaUnit = 'm2' | 'mu' | 'ha' | 'km2';

const LENGTHS: Record<LengthUnit, number> = { km: 1_000, m: 1, li: 500 };
const AREAS: Record<AreaUnit, number> = { km2: 1_000_000, ha: 10_000, mu: 10_000 / 15, m2: 1 };

export const lengthIn = (metres: number): [LengthUnit, number][] => inUnits(metres, LENGTHS);
export const areaIn = (squareMetres: number): [AreaUnit, number][] => inUnits(squareMetres, AREAS);

const inUnits = <U extends string>(value: number, units: Record<U, number>): [U, number][] =>
  (Object.entries(units) as [U, number][]).map(([unit, size]) => [unit, value / size]);

/** Five significant digits: finer than any hand that draws, and no finer than the positions deserve. */
export const writeMeasure = (value: number, language: Language): string =>
  new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { maximumSignificantDigits: 5 }).format(value);
