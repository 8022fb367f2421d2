/** A layer that the reader has brought along, as far as a question needs it: shapes and names, nothing else leaves the browser. */
import type { OwnLayer } from '../../../state/mine';

export async function featuresOf({ made }: OwnLayer): Promise<GeoJSON.FeatureCollection> {
  const { features } = JSON.parse(await made.data.text()) as GeoJSON.FeatureCollection;
  const nameOf = ({ properties }: GeoJSON.Feature): unknown => (made.naming ? properties?.[made.naming] : null);
  return {
    type: 'FeatureCollection',
    features: features.map((feature) => ({ type: 'Feature', geometry: feature.geometry, properties: { name: nameOf(feature) ?? null } })),
  };
}
