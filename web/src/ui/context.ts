/** What every component may lean on: the store, the atlas, the words of the present language. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Atlas } from '../api/types';
import type { Language } from '../state/language';
import type { Store } from '../state/store';
import type { Bilingual } from './text/bilingual';
import { en } from './text/en';
import { zh, type Text } from './text/zh';

export const wordsOf = (language: Language): Text => (language === 'zh' ? zh : en);

export interface Surroundings {
  store: Store;
  atlas: Atlas;
}

const Context = createContext<Surroundings | null>(null);
export const SurroundingsProvider = Context.Provider;

export function useAtlas(): Surroundings & { language: Language; words: Text } {
  const surroundings = useContext(Context);
  if (!surroundings) throw new Error('useAtlas outside of SurroundingsProvider');
  const language = surroundings.store.language.value;
  return { ...surroundings, language, words: wordsOf(language) };
}

/** The words of one part of the page in the present language. */
export const useText = <T>(text: Bilingual<T>): T => text[useAtlas().language];
