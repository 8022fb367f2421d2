/** Colour as the eye sees it: sRGB ↔ OKLCH (Ottosson 2020), and contrast by WCAG 2. Numbers only. */
export interface Rgba {
  /** 0–255. */
  r: number;
  g: number;
  b: number;
  /** 0–1. */
  a: number;
}

export interface Oklch {
  /** Lightness, 0–1. */
  l: number;
  /** Chroma, about 0–0.37. */
  c: number;
  /** Hue in radians. */
  h: number;
}

/** `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(…)`, `rgba(…)` with numbers; anything else is no colour. */
export function parseColour(text: string): Rgba | null {
  const hex = /^#([\da-f]{3}|[\da-f]{6}|[\da-f]{8})$/i.exec(text)?.[1];
  if (hex) {
    const wide = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
    const [r = 0, g = 0, b = 0, a = 255] = (wide.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
    return { r, g, b, a: a / 255 };
  }
  const parts = /^rgba?\(([^)]*)\)$/i.exec(text)?.[1]?.split(/[\s,/]+/).filter(Boolean);
  if (!parts || parts.length < 3) return null;
  const [r, g, b, a = 1] = parts.map((part) => (part.endsWith('%') ? Number(part.slice(0, -1)) / 100 : Number(part)));
  if (r === undefined || g === undefined || b === undefined || [r, g, b, a].some(Number.isNaN)) return null;
  return { r, g, b, a };
}

export function writeColour({ r, g, b, a }: Rgba): string {
  const [red, green, blue] = [r, g, b].map((value) => Math.min(255, Math.max(0, Math.round(value)))) as [number, number, number];
  if (a < 1) return `rgba(${red}, ${green}, ${blue}, ${Number(a.toFixed(3))})`;
  return `#${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

const toLinear = (value: number): number => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};
const fromLinear = (value: number): number => 255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * Math.max(0, value) ** (1 / 2.4) - 0.055);

export function toOklch({ r, g, b }: Rgba): Oklch {
  const [red, green, blue] = [toLinear(r), toLinear(g), toLinear(b)];
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, c: Math.hypot(a, bb), h: Math.atan2(bb, a) };
}

function toLinearRgb({ l, c, h }: Oklch): [number, number, number] {
  const a = c * Math.cos(h);
  const b = c * Math.sin(h);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

/** The nearest colour that a screen can show: lightness and hue stay, chroma gives way. */
export function fromOklch(colour: Oklch, a = 1): Rgba {
  const fits = (c: number): boolean => toLinearRgb({ ...colour, c }).every((value) => value > -1e-4 && value < 1 + 1e-4);
  let c = colour.c;
  if (!fits(c)) {
    let low = 0;
    for (let i = 0; i < 16; i++) {
      const middle = (low + c) / 2;
      if (fits(middle)) low = middle;
      else c = middle;
    }
    c = low;
  }
  const [r, g, b] = toLinearRgb({ ...colour, c }).map((value) => fromLinear(Math.min(1, Math.max(0, value)))) as [number, number, number];
  return { r, g, b, a };
}

function luminance({ r, g, b }: Rgba): number {
  return 0.2126 * toLinear(r) + 0.7152 * toLinear(g) + 0.0722 * toLinear(b);
}

/** 1–21, as WCAG counts it; transparency is not looked through. */
export function contrast(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => luminance(parseColour(text) ?? { r: 0, g: 0, b: 0, a: 1 })) as [number, number];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
