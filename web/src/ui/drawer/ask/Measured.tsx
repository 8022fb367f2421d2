/** How long or large a drawing is, in every unit at once. */
import { crossesItself, measure, type Shape } from '../../../state/shapes';
import { areaIn, lengthIn, writeMeasure } from '../../../state/units';
import { useAtlas, useText } from '../../context';
import { askText } from '../../text/ask';

export function Measured({ shape }: { shape: Shape }) {
  const { language } = useAtlas();
  const words = useText(askText);
  const measured = measure(shape);
  if (!measured) return null;
  if (shape.tool === 'polygon' && crossesItself(shape.ring)) return <p class="notice" role="alert">{words.crossesItself}</p>;
  const { metres, squareMetres, radius } = measured;
  const round = shape.tool === 'circle' ? words.circumference : squareMetres === null ? words.length : words.perimeter;
  const row = (name: string, values: readonly [keyof typeof words.units, number][]) => (
    <div class="measure">
      <h3>{name}</h3>
      <dl>
        {values.map(([unit, value]) => (
          <div key={unit}><dt>{words.units[unit]}</dt><dd>{writeMeasure(value, language)}</dd></div>
        ))}
      </dl>
    </div>
  );
  return (
    <>
      {squareMetres !== null && row(words.areaName, areaIn(squareMetres))}
      {radius !== null && row(words.radius, lengthIn(radius))}
      {row(round, lengthIn(metres))}
      <p class="ask-note">{words.measureNote}</p>
    </>
  );
}
