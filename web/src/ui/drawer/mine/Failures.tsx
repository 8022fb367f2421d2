/** Files that could not be taken: each with its one reason and what to do. */
import { useAtlas, useText } from '../../context';
import { mineText } from '../../text/mine';
import { reasonWords } from '../../text/mine-reasons';

export function Failures() {
  const { store, language } = useAtlas();
  const words = useText(mineText);
  const { failures, layers, bringing } = store.mine;
  // The box is there beforehand, so that what comes into it is read out.
  return (
    <div role="alert">
      {failures.value.length > 0 && (
        <div class="notice mine-failures">
          <p class="notice-title">{bringing.value.kind === 'resting' && layers.value.length === 0 ? words.failed : words.partly}</p>
          <ul>
            {failures.value.map(({ file, reason }) => <li key={`${file} ${reason.code}`}><b>{file}</b><span>{reasonWords(language, reason)}</span></li>)}
          </ul>
          <button type="button" class="button" onClick={() => (failures.value = [])}>{words.dismiss}</button>
        </div>
      )}
    </div>
  );
}
