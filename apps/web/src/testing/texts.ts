import { type EnvironmentProviders, type Provider, inject, provideEnvironmentInitializer } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { TranslocoService } from '@jsverse/transloco';
import { Language, type Translate } from '../i18n/language';
import { type LanguageCode, languageCodes } from '../i18n/languages';
import { provideTexts } from '../i18n/provide-texts';
import { type Scope, type Texts, scopes } from '../i18n/scopes';

/** Every scope's texts in every language, as [scope, language, texts]. */
export const allTexts: readonly (readonly [Scope, LanguageCode, Texts])[] = await Promise.all(
  (Object.keys(scopes) as Scope[]).flatMap((scope) => languageCodes.map(async (language) => [scope, language, (await scopes[scope][language]()).default] as const)),
);

/** The texts as the pages have them, in English, with all scopes loaded. Every test of components begins with them. */
export function provideAllTexts(): (Provider | EnvironmentProviders)[] {
  return [
    provideTexts(),
    provideEnvironmentInitializer(() => {
      const transloco = inject(TranslocoService);
      for (const [scope, language, texts] of allTexts) transloco.setTranslation(texts, `${scope}/${language}`, { emitChange: false });
    }),
  ];
}

/** The words of a key, in the language that the test's pages speak. */
export function translate(): Translate {
  return TestBed.inject(Language).translate;
}
