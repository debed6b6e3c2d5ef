import type { BrowserStorage } from '../app/core/browser-storage';

/** The languages that the pages speak, by their own names. The first one is spoken to whoever understands neither. */
export const languageNames = { en: 'English', de: 'Deutsch' } as const;

export type LanguageCode = keyof typeof languageNames;

export const languageCodes = Object.keys(languageNames) as LanguageCode[];

/** How numbers and dates are written in each: the British way in English, day before month and 24 hours. */
export const locales: Record<LanguageCode, string> = { en: 'en-GB', de: 'de-DE' };

export function isLanguageCode(value: unknown): value is LanguageCode {
  return typeof value === 'string' && value in languageNames;
}

/** The language chosen in this browser; else the first of those its user reads that the pages speak; else English. */
export function firstLanguage(storage: BrowserStorage, understood: readonly string[]): LanguageCode {
  const primary = understood.map((tag) => tag.split('-', 1)[0]?.toLowerCase());
  return storage.read('language', isLanguageCode) ?? primary.find(isLanguageCode) ?? 'en';
}
