/** Own layers in the legend, as `map/own.ts` draws them: dashed, or a point with two rings. */
import type { OwnLayer } from '../../../state/mine';

export function OwnSwatch({ geometry, color }: { geometry: OwnLayer['geometry']; color: string }) {
  return (
    <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">
      {(geometry === 'polygon' || geometry === 'mixed') && <path d="M2 3h12v10H2z" fill={color} fill-opacity=".2" stroke={color} stroke-width="1.8" stroke-dasharray="3.4 1.6" />}
      {geometry === 'line' && <path d="m1.5 12.5 5-6 4 3.5 4-6.5" fill="none" stroke={color} stroke-width="2.2" stroke-dasharray="3.4 1.6" />}
      {(geometry === 'point' || geometry === 'mixed') && (
        <>
          <circle cx="8" cy="8" r={geometry === 'mixed' ? 4 : 6.6} fill="currentColor" />
          <circle cx="8" cy="8" r={geometry === 'mixed' ? 2.4 : 4.2} fill={color} stroke="#fff" stroke-width={geometry === 'mixed' ? 1 : 1.6} />
        </>
      )}
    </svg>
  );
}
