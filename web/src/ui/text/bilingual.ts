/** The words of one part of the page in both languages; a missing English word does not compile. */
import type { Language } from '../../state/language';

export type Bilingual<T> = Readonly<Record<Language, T>>;

export const bilingual = <T>(zh: T, en: NoInfer<T>): Bilingual<T> => ({ zh, en });
