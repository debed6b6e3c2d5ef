import { DOCUMENT, Injectable, computed, inject, signal } from '@angular/core';
import type { Wording } from '@dramatis/contracts/wording';
import { TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { BrowserStorage } from '../app/core/browser-storage';
import { waitingWords } from '../app/shared/waiting-words';
import { type LanguageCode, locales } from './languages';
import { type Scope, type TextKey, scopes } from './scopes';

/** What stands in a message's placeholders. */
export type TextValues = Record<string, string | number | boolean | Date>;

/** The text of a key in the chosen language. Read in a template, a computed or an effect, it follows the choice. */
export interface Translate {
  (key: TextKey, values?: TextValues): string;
  /** What the server said in English: in the chosen language, where its sentence is known here; else as it said it. */
  said(wording: Wording | null | undefined, inEnglish: string): string;
  /** BCP 47 tag for `Intl`, such as "de-DE". Follows the choice as well. */
  readonly locale: string;
}

/** The language of the pages, kept in this browser; the texts of all scopes that were wanted are there before it changes. */
@Injectable({ providedIn: 'root' })
export class Language {
  private readonly transloco = inject(TranslocoService);
  private readonly storage = inject(BrowserStorage);
  private readonly root = inject(DOCUMENT).documentElement;
  private readonly wanted = new Set<Scope>();
  /** Grows with each scope that has come, for those who said something in English until then. */
  private readonly arrivals = signal(0);
  private next = this.transloco.getActiveLang() as LanguageCode;

  readonly current = computed(() => this.transloco.activeLang() as LanguageCode);
  readonly translate: Translate;

  constructor() {
    for (const language of ['en', 'de'] as const) this.transloco.load(`app/${language}`).subscribe();
    this.root.lang = this.next;
    const translate = (key: TextKey, values?: TextValues): string => this.transloco.translate(key, values, this.current());
    const said: Translate['said'] = (wording, inEnglish) => (wording ? this.sayAgain(wording, inEnglish) : inEnglish);
    this.translate = Object.defineProperty(Object.assign(translate, { said }), 'locale', { get: () => locales[this.current()] }) as Translate;
  }

  /** Whether the server's sentences of these scopes can be said: English it speaks itself. */
  speaks(...scopes: readonly Scope[]): boolean {
    return this.current() === 'en' || scopes.every((scope) => Object.keys(this.transloco.getTranslation(`${scope}/${this.current()}`)).length > 0);
  }

  /** Resolves when these scopes can be read, now and after any change of language. */
  async load(...scopes: readonly Scope[]): Promise<void> {
    for (const scope of scopes) this.wanted.add(scope);
    const languages = new Set([this.current(), this.next]);
    await Promise.all([...languages].flatMap((language) => scopes.map((scope) => this.fetch(scope, language))));
  }

  /** Changes the language once all that is shown can be said in it. Of two changes in a row the last one counts. */
  async use(language: LanguageCode): Promise<void> {
    this.next = language;
    for (let fetched = -1; fetched < this.wanted.size; ) {
      fetched = this.wanted.size;
      await Promise.all([...this.wanted].map((scope) => this.fetch(scope, language)));
    }
    if (this.next !== language) return;
    this.storage.write('language', language);
    this.root.lang = language;
    this.transloco.setActiveLang(language);
  }

  private async fetch(scope: Scope, language: LanguageCode): Promise<void> {
    await firstValueFrom(this.transloco.load(`${scope}/${language}`));
    this.arrivals.update((count) => count + 1);
  }

  /** A sentence whose scope is not here yet, as after a change of language, is fetched; one that is unknown or lacks a value stays English. */
  private sayAgain({ key, params = {} }: Wording, inEnglish: string): string {
    const language = this.current();
    if (language === 'en') return inEnglish;
    this.arrivals();
    const scope = key.split('.', 1)[0]!;
    if (!isScope(scope)) return inEnglish;
    if (!this.speaks(scope)) {
      void this.load(scope).catch(() => undefined);
      return inEnglish;
    }
    if (!(key in this.transloco.getTranslation(language))) return inEnglish;
    const { waiting } = params;
    try {
      return this.transloco.translate(key, { ...params, ...(waiting !== undefined && { waiting: waitingWords(this.translate, Number(waiting)) }) }, language);
    } catch {
      return inEnglish;
    }
  }
}

function isScope(name: string): name is Scope {
  return name in scopes;
}

/** For a class whose texts follow the language: `protected readonly t = injectTranslate();` */
export function injectTranslate(): Translate {
  return inject(Language).translate;
}
