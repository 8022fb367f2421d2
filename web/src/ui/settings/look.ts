/** Tells the style sheets and the browser whether the page is light or dark. */
import { effect } from '@preact/signals';
import type { Store } from '../../state/store';

export function keepLook({ settings }: Store): () => void {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const onChange = (): void => void (settings.systemDark.value = system.matches);
  onChange();
  system.addEventListener('change', onChange);
  const stop = effect(() => {
    document.documentElement.dataset['look'] = settings.dark.value ? 'dark' : 'light';
  });
  return () => {
    system.removeEventListener('change', onChange);
    stop();
  };
}
