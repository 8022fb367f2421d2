/** Why the server made no link, in the reader's words, and what mends it. */
import { titled } from '../../state/language';
import type { Fault } from '../../state/share';
import { useAtlas, useText } from '../context';
import { shareText } from '../text/share';
import type { Drafting } from './useDraft';

export function FaultNotice({ fault, drafting: { draft, change } }: { fault: Fault; drafting: Drafting }) {
  const { atlas, language } = useAtlas();
  const words = useText(shareText);
  const { faults } = words;
  if (fault.kind === 'other') return <div class="export-wrong"><p>{faults.other}{fault.detail && <span lang="en">{fault.detail}</span>}</p></div>;
  if (fault.kind !== 'layer') return <div class="export-wrong"><p>{faults[fault.kind]}</p></div>;
  const layer = atlas.layers.find(({ id }) => id === fault.id);
  const name = layer ? titled(language, layer).text : fault.id;
  return (
    <div class="export-wrong">
      <p>{faults.layer(name)}</p>
      <button type="button" class="button quiet" onClick={() => change({ layers: draft.layers.filter((id) => id !== fault.id) })}>{faults.untick(name)}</button>
    </div>
  );
}
