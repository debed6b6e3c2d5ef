import { Injectable, inject } from '@angular/core';
import { TRANSLOCO_CONFIG, type TranspileParams, type TranslocoTranspiler } from '@jsverse/transloco';
import { IntlMessageFormat } from 'intl-messageformat';
import { type LanguageCode, locales } from './languages';

/** Writes ICU messages: placeholders, plurals, choices, numbers and dates. Interprets them, since the content security policy forbids compiled code. */
@Injectable()
export class IcuTranspiler implements TranslocoTranspiler {
  private language = inject(TRANSLOCO_CONFIG).defaultLang as LanguageCode;
  private readonly messages = new Map<string, IntlMessageFormat>();

  onLangChanged(language: string): void {
    this.language = language as LanguageCode;
    this.messages.clear();
  }

  /** @throws Error when the message is not well-formed or a value for a placeholder is missing */
  transpile({ value, params }: TranspileParams): unknown {
    if (typeof value !== 'string' || !value.includes('{')) return value;
    let message = this.messages.get(value);
    if (!message) this.messages.set(value, (message = new IntlMessageFormat(value, locales[this.language], undefined, { ignoreTag: true })));
    return message.format(params);
  }
}
