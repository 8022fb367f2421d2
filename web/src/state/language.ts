/**
 * The two languages and how a value is picked in one of them.
 *
 * Chinese is the language of the documents: a datum without an English name is shown in Chinese and
 * says so (`lang: 'zh'`), it is never translated on the fly.
 */
export type Language = 'zh' | 'en';

export interface Worded {
  text: string;
  /** The language the text is really in, for the `lang` attribute. */
  lang: Language;
}

export const LANGUAGES: readonly Language[] = ['zh', 'en'];

export function isLanguage(value: string | null): value is Language {
  return value === 'zh' || value === 'en';
}

export function pick(language: Language, zh: string, en: string | null | undefined): Worded {
  return language === 'en' && en ? { text: en, lang: 'en' } : { text: zh, lang: 'zh' };
}

export function named(language: Language, thing: { name: string; name_en: string | null }): Worded {
  return pick(language, thing.name, thing.name_en);
}

export function titled(language: Language, thing: { title: string; title_en: string | null }): Worded {
  return pick(language, thing.title, thing.title_en);
}

export function termed(language: Language, term: { zh: string; en: string | null }): Worded {
  return pick(language, term.zh, term.en);
}

/** The browser's first language decides when the address does not. */
export function preferred(languages: readonly string[]): Language {
  const first = languages.find((tag) => /^(zh|en)\b/i.test(tag));
  return first?.toLowerCase().startsWith('en') ? 'en' : 'zh';
}
