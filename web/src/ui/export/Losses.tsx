/** What the format cannot carry, in plain words: what stays behind first, then what comes along changed. */
import type { FieldName, Preview } from '../../api/export';
import { lossGroups, lossLines, reallyRenamed, type LossGroup, type LossLine, type Weight } from '../../state/export-report';
import { titled } from '../../state/language';
import { useAtlas, useText } from '../context';
import { exportText } from '../text/export';

const WEIGHTS: readonly Weight[] = ['left', 'changed'];
/** So few can stand open. */
const FEW = 3;

export function Losses({ preview }: { preview: Preview }) {
  const words = useText(exportText);
  const groups = lossGroups(preview.losses);
  if (groups.length === 0) return <p class="export-lossless"><b>{words.lossless}</b> {words.losslessHint}</p>;
  return (
    <>
      {WEIGHTS.map((weight) => {
        const of = groups.filter((group) => group.weight === weight);
        return of.length > 0 && (
          <section key={weight} class={`export-losses ${weight}`}>
            <h4>{words.weights[weight]}</h4>
            {of.map((group) => <Group key={`${preview.format}-${group.kind}`} group={group} preview={preview} open={groups.length <= FEW} />)}
          </section>
        );
      })}
    </>
  );
}

function Group({ group, preview, open }: { group: LossGroup; preview: Preview; open: boolean }) {
  const { language } = useAtlas();
  const words = useText(exportText);
  const said = words.kinds[group.kind];
  const renamed = group.kind === 'renamed' ? reallyRenamed(preview.renamed) : [];
  return (
    <details open={open}>
      <summary><b>{said?.name ?? (language === 'zh' ? group.label : group.label_en)}</b> <span class="count">{words.times(group.count)}</span></summary>
      {said && <p class="aside">{said.means}</p>}
      {renamed.length > 0 ? <Renamed fields={renamed} /> : (
        <ul>{lossLines(group.losses).map((line) => <Lost key={`${line.layer} ${line.fields.map(({ title }) => title).join()}`} line={line} />)}</ul>
      )}
    </details>
  );
}

function Lost({ line: { layer, fields, count, examples } }: { line: LossLine }) {
  const { language } = useAtlas();
  const words = useText(exportText);
  const layerOf = useLayerNames();
  return (
    <li>
      <span>{layerOf(layer)}{fields.length > 0 && <> · <b>{fields.map((field) => titled(language, field).text).join(language === 'zh' ? '、' : ', ')}</b></>}</span>{' '}
      {count !== fields.length && <span class="count">{words.times(count)}</span>}
      {examples.length > 0 && <span class="export-examples">{words.example} <span lang="zh-CN">{examples.join('、')}</span></span>}
    </li>
  );
}

function Renamed({ fields }: { fields: readonly FieldName[] }) {
  const { language } = useAtlas();
  const words = useText(exportText);
  const layerOf = useLayerNames();
  const { layer, title, written } = words.renamedColumns;
  return (
    <table class="export-renamed">
      <thead><tr>{[layer, title, written].map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
      <tbody>
        {fields.map((field) => (
          <tr key={`${field.layer} ${field.key}`}>
            <td>{layerOf(field.layer)}</td>
            <td>{titled(language, field).text}</td>
            <td><code>{field.written}</code></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Layers and tables as the reader knows them. */
function useLayerNames(): (id: string) => string {
  const { atlas, language } = useAtlas();
  const { tables } = useText(exportText);
  return (id) => {
    const layer = atlas.layers.find((one) => one.id === id);
    return layer ? titled(language, layer).text : (tables[id] ?? id);
  };
}
