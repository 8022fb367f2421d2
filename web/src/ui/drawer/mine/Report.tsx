/** What was found wrong with a layer, feature by feature, and what was done about it. */
import type { Done, Finding, Report as Found } from '../../../convert/model';
import type { OwnLayer } from '../../../state/mine';
import { csvText } from '../../../state/table-csv';
import { useAtlas, useText } from '../../context';
import { OverAll } from '../../OverAll';
import { CSV, saveFile } from '../../save-file';
import { mineText } from '../../text/mine';
import { faultWords, noticeWords } from '../../text/mine-reasons';

const DONES: readonly Done[] = ['left-out', 'mended', 'kept'];

export function Tally({ report: { drawn, total, findings, notices } }: { report: Found }) {
  const { language } = useAtlas();
  const words = useText(mineText);
  const counts = DONES.map((done) => [done, findings.filter((finding) => finding.done === done).reduce((sum, { count }) => sum + count, 0)] as const).filter(([, n]) => n > 0);
  const kept = total - (counts.find(([done]) => done === 'left-out')?.[1] ?? 0);
  return (
    <>
      <p class="mine-tally">
        {words.drawn(Math.min(kept, drawn), total)}
        {counts.map(([done, n]) => <span key={done} class={`tag ${done === 'left-out' ? 'warn' : ''}`}>{words.counts[done](n)}</span>)}
      </p>
      {notices.map((notice) => <p class="mine-notice" key={notice.code}>{noticeWords(language, notice)}</p>)}
    </>
  );
}

export function Report({ layer, close }: { layer: OwnLayer; close: () => void }) {
  const { language } = useAtlas();
  const words = useText(mineText);
  const { findings } = layer.made.report;
  const row = ({ feature, name, fault, done, detail, count }: Finding): string[] =>
    [feature === null ? words.allOthers(count) : String(feature), name ?? '', faultWords(language, fault), words.dones[done], detail ?? ''];
  const heads = Object.values(words.reportColumns);
  return (
    <OverAll title={words.reportOf(layer.name)} close={close} wide="mine-over-all">
      <Tally report={layer.made.report} />
      {findings.length === 0 ? <p>{words.clean}</p> : (
        <>
          <p><button type="button" class="button" onClick={() => saveFile(`${layer.name}-${words.report}.csv`, csvText([heads, ...findings.map(row)]), CSV)}>{words.saveReport}</button></p>
          <table class="mine-table">
            <thead><tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
            <tbody>{findings.map((finding, i) => <tr key={i} class={finding.done}>{row(finding).map((cell, c) => <td key={c}>{cell}</td>)}</tr>)}</tbody>
          </table>
        </>
      )}
    </OverAll>
  );
}
