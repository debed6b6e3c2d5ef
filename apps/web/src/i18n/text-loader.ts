import { Injectable } from '@angular/core';
import type { Translation, TranslocoLoader } from '@jsverse/transloco';
import { type Observable, of } from 'rxjs';
import type { LanguageCode } from './languages';
import { type Scope, appTexts, scopes } from './scopes';

/** Texts by Transloco's paths, such as `gallery/de`; those of `app` are there at once. */
@Injectable()
export class TextLoader implements TranslocoLoader {
  getTranslation(path: string): Observable<Translation> | Promise<Translation> {
    const [scope, language] = path.split('/') as [Scope | 'app', LanguageCode];
    return scope === 'app' ? of(appTexts[language]) : scopes[scope][language]().then((module) => module.default);
  }
}
