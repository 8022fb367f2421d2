/** Everything that can be drawn, typed as coordinates instead. */
import { useId, useRef, useState } from 'preact/hooks';
import type { Bounds } from '../../../api/types';
import { readAngle, readPosition, readPositions } from '../../../state/coordinates';
import { isDistance } from '../../../state/question';
import type { Shape, Tool } from '../../../state/shapes';
import { useAtlas, useText } from '../../context';
import { boundsInSight } from '../../map-frame';
import { askText, type AskText } from '../../text/ask';
import { DistanceField } from './DistanceField';

/** Degrees around the atlas in which positions are taken. */
const ROOM = 1.5;

export function TypedShape({ tools }: { tools: readonly Tool[] }) {
  const { store } = useAtlas();
  const words = useText(askText);
  const [tool, setTool] = useState<Tool>(tools[0] ?? 'point');
  const id = useId();
  return (
    <details class="typed">
      <summary>{words.typeIt}</summary>
      <div class="typed-body">
        {tools.length > 1 && (
          <div class="ask-field">
            <label for={id}>{words.shape}</label>
            <select id={id} value={tool} onChange={(event) => setTool(event.currentTarget.value as Tool)}>
              {tools.map((one) => <option key={one} value={one}>{words.tools[one]}</option>)}
            </select>
          </div>
        )}
        <TypedForm key={tool} tool={tool} put={(shape) => store.ask.draw(shape)} />
      </div>
    </details>
  );
}

type Typed = { shape: Shape } | { fault: string };

function TypedForm({ tool, put }: { tool: Tool; put: (shape: Shape) => void }) {
  const { atlas, store } = useAtlas();
  const words = useText(askText);
  const [text, setText] = useState('');
  const [sides, setSides] = useState(['', '', '', '']);
  const [radius, setRadius] = useState(5_000);
  /** What stands in the field at this moment; a form can be sent before it is drawn anew. */
  const present = useRef(radius);
  const [fault, setFault] = useState<string | null>(null);
  const id = useId();
  const [west, south, east, north] = atlas.bounds;
  const near: Bounds = [west - ROOM, south - ROOM, east + ROOM, north + ROOM];

  const send = (event: Event): void => {
    event.preventDefault();
    const typed = tool === 'rectangle' ? rectangleOf(sides, near, words) : shapeFrom(tool, text, present.current, near, words);
    setFault('fault' in typed ? typed.fault : null);
    if ('shape' in typed) put(typed.shape);
  };
  const takeRadius = (metres: number): void => {
    present.current = metres;
    setRadius(metres);
  };
  const viewAsRectangle = (): void => {
    const bounds = boundsInSight(store.view.value);
    if (bounds) put({ tool: 'rectangle', bounds });
  };
  const described = { 'aria-describedby': `${id}-hint`, 'aria-invalid': fault !== null };
  return (
    <form onSubmit={send} noValidate>
      {tool === 'rectangle' ? (
        <div class="typed-sides">
          {[words.west, words.south, words.east, words.north].map((name, i) => (
            <div class="ask-field" key={name}>
              <label for={`${id}-${i}`}>{name}</label>
              <input id={`${id}-${i}`} type="text" inputMode="decimal" value={sides[i]} {...described} onInput={(event) => setSides(sides.map((side, at) => (at === i ? event.currentTarget.value : side)))} />
            </div>
          ))}
        </div>
      ) : (
        <div class="ask-field">
          <label for={id}>{tool === 'circle' ? words.centre : tool === 'point' ? words.position : words.positions}</label>
          {tool === 'circle' || tool === 'point'
            ? <input id={id} type="text" value={text} {...described} onInput={(event) => setText(event.currentTarget.value)} />
            : <textarea id={id} rows={4} value={text} {...described} onInput={(event) => setText(event.currentTarget.value)} />}
        </div>
      )}
      {tool === 'circle' && <DistanceField label={words.radius} metres={radius} change={takeRadius} spoil={() => (present.current = Number.NaN)} />}
      <p class="aside" id={`${id}-hint`}>{tool === 'rectangle' ? words.sideHint : words.positionHint}</p>
      {fault && <p class="field-fault" role="alert">{fault}</p>}
      <p class="typed-send">
        <button type="submit" class="button">{words.put}</button>
        {tool === 'rectangle' && <button type="button" class="button quiet" onClick={viewAsRectangle}>{words.viewAsRectangle}</button>}
      </p>
    </form>
  );
}

function rectangleOf(sides: readonly string[], near: Bounds, words: AskText): Typed {
  const [west, south, east, north] = sides.map(readAngle);
  if (typeof west !== 'number' || typeof south !== 'number' || typeof east !== 'number' || typeof north !== 'number') return { fault: words.badSide };
  const outside = west < near[0] || south < near[1] || east > near[2] || north > near[3];
  if (west >= east || south >= north) return { fault: words.badSides };
  return outside ? { fault: words.faults.outside } : { shape: { tool: 'rectangle', bounds: [west, south, east, north] } };
}

const LEAST = { polygon: 3, line: 2 } as const;

function shapeFrom(tool: Exclude<Tool, 'rectangle'>, text: string, radius: number, near: Bounds, words: AskText): Typed {
  if (tool === 'circle' || tool === 'point') {
    const read = readPosition(text, near);
    if (!read.ok) return { fault: words.faults[read.fault] };
    if (tool === 'point') return { shape: { tool, point: read.value } };
    return isDistance(radius) ? { shape: { tool, centre: read.value, metres: radius } } : { fault: words.badDistance };
  }
  const read = readPositions(text, near);
  if (!read.ok) return { fault: read.fault === 'empty' ? words.faults.empty : words.inLine(read.line, words.faults[read.fault]) };
  const points = read.value.filter((point, i) => i === 0 || point.join() !== read.value[i - 1]?.join());
  if (tool === 'polygon' && points.length > 1 && points[0]?.join() === points.at(-1)?.join()) points.pop();
  if (points.length < LEAST[tool]) return { fault: words.tooFewPositions(LEAST[tool]) };
  return { shape: tool === 'polygon' ? { tool, ring: points } : { tool, points } };
}
