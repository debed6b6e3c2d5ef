import { type EnvironmentProviders, Injectable, type Provider, inject } from '@angular/core';
import { TRANSLOCO_CONFIG, type TranslocoMissingHandler, provideTransloco, provideTranslocoMissingHandler, provideTranslocoTranspiler, translocoConfig } from '@jsverse/transloco';
import { BrowserStorage } from '../app/core/browser-storage';
import { IcuTranspiler } from './icu-transpiler';
import { firstLanguage, languageCodes } from './languages';
import { TextLoader } from './text-loader';

/** The compiler knows every key: one without a text belongs to a scope that its page does not load. */
@Injectable()
class UnloadedText implements TranslocoMissingHandler {
  handle(key: string): string {
    if (typeof ngDevMode !== 'undefined' && ngDevMode) throw new Error(`The text ${key} is not loaded: its scope is missing in withTexts of the page's route.`);
    return key;
  }
}

/** The texts of the pages, in the language that was chosen or that the browser's user reads. */
export function provideTexts(): (Provider | EnvironmentProviders)[] {
  return [
    provideTransloco({ config: {}, loader: TextLoader }),
    provideTranslocoTranspiler(IcuTranspiler),
    provideTranslocoMissingHandler(UnloadedText),
    {
      provide: TRANSLOCO_CONFIG,
      useFactory: () =>
        translocoConfig({
          availableLangs: languageCodes,
          defaultLang: firstLanguage(inject(BrowserStorage), navigator.languages),
          failedRetries: 0,
          scopes: { keepCasing: true },
        }),
    },
  ];
}
