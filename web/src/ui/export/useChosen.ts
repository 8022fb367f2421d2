/** What is chosen in the dialog at this moment, and the request that comes of it or what is missing for one. */
import { useMemo } from 'preact/hooks';
import type { Encoding, ExportChoices, ExportRequest, FormatChoice } from '../../api/export';
import type { Drawing } from '../../state/board';
import { areasAmong, crsFor, encodingFor, formatFor, requestOf, type Fault, type PartKind, type Parts } from '../../state/export-request';
import { tickedLayers } from '../../state/exporting';
import { effectiveChoice, isVisible } from '../../state/layers';
import { useAtlas } from '../context';
import { boundsInSight } from '../map-frame';

export interface Chosen {
  choices: ExportChoices;
  format: FormatChoice;
  crs: string;
  encoding: Encoding;
  /** Ids of the layers that the map shows. */
  shown: readonly string[];
  layers: readonly string[];
  part: PartKind;
  parts: Parts;
  drawings: readonly Drawing[];
  /** Id of the drawing that is taken. */
  drawing: string | null;
  asked: ExportRequest | Fault;
}

export function useChosen(choices: ExportChoices | null): Chosen | null {
  const { atlas, store } = useAtlas();
  const { exporting } = store;
  // The map does not move under an open dialog.
  const view = useMemo(() => boundsInSight(store.view.value), []);
  const format = choices && formatFor(choices.formats, exporting.format.value);
  if (!choices || !format) return null;

  const visible = effectiveChoice(store.layers.value, atlas.layers);
  const shown = atlas.layers.filter(({ id }) => isVisible(visible, id)).map(({ id }) => id);
  const ticked = tickedLayers(exporting.layers.value, shown);
  const layers = atlas.layers.filter(({ id }) => ticked.includes(id)).map(({ id }) => id);
  const drawings = areasAmong(store.ask.drawings.value);
  const wanted = [exporting.drawing.value, store.ask.subject.value?.id].find((id) => drawings.some((drawing) => drawing.id === id));
  const drawing = drawings.find(({ id }) => id === wanted) ?? drawings.at(-1);
  const parts: Parts = { view, township: exporting.township.value, drawn: drawing?.shape ?? null, found: store.found.value };
  const part = exporting.part.value;
  const crs = crsFor(format, exporting.crs.value, choices.crs);
  const encoding = encodingFor(format, exporting.encoding.value);
  const asked = requestOf({ format, layers, part, crs, encoding, records: exporting.records.value }, parts);
  return { choices, format, crs, encoding, shown, layers, part, parts, drawings, drawing: drawing?.id ?? null, asked };
}
