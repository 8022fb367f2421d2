/** A line or a few of them, in one of the two languages. */
import { useId } from 'preact/hooks';
import type { Language } from '../../state/language';

export function TextField({ label, lang, value, rows, change }: {
  label: string; lang: Language; value: string; rows?: number; change: (text: string) => void;
}) {
  const id = useId();
  const common = {
    id, value, lang: lang === 'zh' ? 'zh-CN' : 'en',
    onInput: (event: { currentTarget: { value: string } }) => change(event.currentTarget.value),
  };
  return (
    <div class="ask-field">
      <label for={id}>{label}</label>
      {rows ? <textarea rows={rows} {...common} /> : <input type="text" {...common} />}
    </div>
  );
}
