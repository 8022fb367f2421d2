/** The length of a scale bar: a round number of metres that fits, and what it measures on screen. */

/** Metres on the ground per CSS pixel in Web Mercator with 512-pixel tiles. */
export function metresPerPixel(lat: number, zoom: number): number {
  return (40_075_016.686 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom);
}

export function scaleBar(lat: number, zoom: number, maxPixels: number): { metres: number; pixels: number } {
  const perPixel = metresPerPixel(lat, zoom);
  const limit = perPixel * maxPixels;
  const power = 10 ** Math.floor(Math.log10(limit));
  const metres = ([5, 2, 1].find((step) => step * power <= limit) ?? 1) * power;
  return { metres, pixels: metres / perPixel };
}
