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
  accounts: { en: () => import('./accounts/en'), de: () => import('./accounts/de') },
  audit: { en: () => import('./audit/en'), de: () => import('./audit/de') },
  console: { en: () => import('./console/en'), de: () => import('./console/de') },
  conversation: { en: () => import('./conversation/en'), de: () => import('./conversation/de') },
  conversations: { en: () => import('./conversations/en'), de: () => import('./conversations/de') },
  corpora: { en: () => import('./corpora/en'), de: () => import('./corpora/de') },
  documents: { en: () => import('./documents/en'), de: () => import('./documents/de') },
  exchange: { en: () => import('./exchange/en'), de: () => import('./exchange/de') },
  fields: { en: () => import('./fields/en'), de: () => import('./fields/de') },
  gallery: { en: () => import('./gallery/en'), de: () => import('./gallery/de') },
  graph: { en: () => import('./graph/en'), de: () => import('./graph/de') },
  lineage: { en: () => import('./lineage/en'), de: () => import('./lineage/de') },
  modes: { en: () => import('./modes/en'), de: () => import('./modes/de') },
  persona: { en: () => import('./persona/en'), de: () => import('./persona/de') },
  personaEditor: { en: () => import('./personaEditor/en'), de: () => import('./personaEditor/de') },
  playground: { en: () => import('./playground/en'), de: () => import('./playground/de') },
  problems: { en: () => import('./problems/en'), de: () => import('./problems/de') },
  profile: { en: () => import('./profile/en'), de: () => import('./profile/de') },
  quotas: { en: () => import('./quotas/en'), de: () => import('./quotas/de') },
  reasons: { en: () => import('./reasons/en'), de: () => import('./reasons/de') },
  runs: { en: () => import('./runs/en'), de: () => import('./runs/de') },
  sharedConversation: { en: () => import('./sharedConversation/en'), de: () => import('./sharedConversation/de') },
  sources: { en: () => import('./sources/en'), de: () => import('./sources/de') },
  verdicts: { en: () => import('./verdicts/en'), de: () => import('./verdicts/de') },
  versions: { en: () => import('./versions/en'), de: () => import('./versions/de') },
} satisfies Record<string, Loaders>;

export type Scope = keyof typeof scopes;

type English<S extends Scope> = Awaited<ReturnType<(typeof scopes)[S]['en']>>['default'];

/** The key of a text: scope, dot, name. The compiler refuses any other in code and templates. */
export type TextKey = `app.${keyof typeof appEn}` | { [S in Scope]: `${S}.${keyof English<S> & string}` }[Scope];
