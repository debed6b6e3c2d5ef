import appDe from './app/de';
import appEn from './app/en';
import type { LanguageCode } from './languages';

/** One scope's texts in one language, by key: ICU messages. */
export type Texts = Record<string, string>;

/** What a language other than English has to say: a text for each key of the English ones, and no others. */
export type Translation<English extends Texts> = Record<keyof English, string>;

/** What every page needs: part of the page's first script, so that its first words are in the right language. */
export const appTexts = { en: appEn, de: appDe } satisfies Record<LanguageCode, Texts>;

type Loaders = Record<LanguageCode, () => Promise<{ default: Texts }>>;

/** The texts of each feature, fetched with its code. A scope is called as the folder that uses it. */
export const scopes = {
  account: { en: () => import('./account/en'), de: () => import('./account/de') },
  console: { en: () => import('./console/en'), de: () => import('./console/de') },
  conversation: { en: () => import('./conversation/en'), de: () => import('./conversation/de') },
  conversations: { en: () => import('./conversations/en'), de: () => import('./conversations/de') },
  exchange: { en: () => import('./exchange/en'), de: () => import('./exchange/de') },
  gallery: { en: () => import('./gallery/en'), de: () => import('./gallery/de') },
  personaEditor: { en: () => import('./personaEditor/en'), de: () => import('./personaEditor/de') },
  persona: { en: () => import('./persona/en'), de: () => import('./persona/de') },
  sharedConversation: { en: () => import('./sharedConversation/en'), de: () => import('./sharedConversation/de') },
} satisfies Record<string, Loaders>;

export type Scope = keyof typeof scopes;

type English<S extends Scope> = Awaited<ReturnType<(typeof scopes)[S]['en']>>['default'];

/** The key of a text: scope, dot, name. The compiler refuses any other in code and templates. */
export type TextKey = `app.${keyof typeof appEn}` | { [S in Scope]: `${S}.${keyof English<S> & string}` }[Scope];
