/** The legend's small pictures; they repeat in SVG what the map draws. */
import type { Layer } from '../../api/types';
import { AREA_TINT, BANDS } from '../../state/layers';
import { useMapColour } from '../colour';

/** The paper inside a hollow symbol, and the inks of the key. */
const PAPER = '#fffaf0';
const INK = '#2b2620';
const KEY_INK = '#5d5140';

/** Symbols that are no circle. */
const SHAPES: Record<string, string> = {
  square: 'M3.5 3.5h9v9h-9z',
  diamond: 'M8 1.8 14.2 8 8 14.2 1.8 8z',
  triangle: 'M8 2 14 12.8H2z',
  star: 'm8 .8 1.9 4.7 5 .4-3.8 3.3 1.2 5L8 11.5l-4.3 2.7 1.2-5L1.1 5.9l5-.4z',
  cross: 'M5.8 2h4.4v3.8H14v4.4h-3.8V14H5.8v-3.8H2V5.8h3.8z',
};

export function SymbolSwatch({ symbol, color = KEY_INK, solid = true }: { symbol: string | null; color?: string; solid?: boolean }) {
  const shown = useMapColour();
  const shape = symbol ? SHAPES[symbol] : undefined;
  const stroke = shown(color);
  const paint = solid ? { fill: stroke, stroke } : { fill: shown(PAPER), stroke, 'stroke-width': 1.8 };
  return (
    <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">
      {shape ? <path d={shape} {...paint} /> : <circle cx="8" cy="8" r="5.5" {...(symbol === 'ring' ? { fill: shown(PAPER), stroke, 'stroke-width': 2 } : paint)} />}
    </svg>
  );
}

export function ClassSwatch({ layer, color, symbol, value }: { layer: Layer; color: string; symbol: string | null; value?: string }) {
  const shown = useMapColour();
  const { mark, outline } = layer.style;
  const band = value === undefined ? layer.classes.some((entry) => BANDS.includes(entry.value)) : BANDS.includes(value);
  const dash = layer.style.dash ?? (Object.keys(layer.accuracies).every((one) => one === 'schematic') ? [3, 2] : null);
  if (mark === 'point') return <SymbolSwatch symbol={symbol} color={color} />;
  return (
    <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">
      {mark === 'line'
        ? band && layer.geometry === 'line' ? <path d="M0 8h16" stroke={shown(color)} stroke-width="9" stroke-opacity=".42" />
        : <path d="M0 8h16" stroke={shown(color)} stroke-width="2.6" {...(dash && { 'stroke-dasharray': '4 2.5' })} />
        : <rect x="1" y="2.5" width="14" height="11" fill={shown(color)} fill-opacity={layer.style.opacity * AREA_TINT} stroke={shown(outline ?? color)} />}
    </svg>
  );
}

export function HatchSwatch() {
  const shown = useMapColour();
  return (
    <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M1 8 6.5 2.5M1 13.5 12 2.5M6.5 13.5 15 5M12 13.5l3-3" stroke={shown('#8d7c62')} stroke-width=".8" />
      <rect x="1" y="2.5" width="14" height="11" fill="none" stroke={shown('#6b5d4a')} stroke-dasharray="3 2" />
    </svg>
  );
}

export function StackSwatch() {
  const shown = useMapColour();
  return (
    <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="6" cy="10.5" r="4" fill={shown(PAPER)} stroke={shown(KEY_INK)} stroke-width="1.6" />
      <circle cx="11" cy="5" r="4.5" fill={shown(INK)} />
      <text x="11" y="7.6" text-anchor="middle" font-size="7.5" fill={shown(PAPER)}>3</text>
    </svg>
  );
}
