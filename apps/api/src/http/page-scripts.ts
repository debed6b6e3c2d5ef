import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The languages that the web application speaks; the first one to whoever understands neither. */
export const pageLanguages = ['en', 'de'] as const;
export type PageLanguage = (typeof pageLanguages)[number];

/** Pages by which people arrive: `:` stands for any one segment. What shows them, and where their texts are, below the web application's `src`. */
export const pages: Readonly<Record<string, { module: string; texts: string }>> = {
  '/': { module: 'app/features/gallery/gallery-page.ts', texts: 'i18n/gallery' },
  '/personas/:personaId': { module: 'app/features/persona/persona-page.ts', texts: 'i18n/persona' },
  '/conversations': { module: 'app/features/conversations/conversations-page.ts', texts: 'i18n/conversations' },
  '/conversations/:conversationId': { module: 'app/features/conversation/conversation-page.ts', texts: 'i18n/conversation' },
  '/shared/:token': { module: 'app/features/shared-conversation/shared-page.ts', texts: 'i18n/sharedConversation' },
};

/** What is read of the file in which the web application's build tells how its scripts hang together. */
const buildStatsSchema = z.object({
  outputs: z.record(
    z.string(),
    z.object({
      entryPoint: z.string().optional(),
      imports: z.array(z.object({ path: z.string(), kind: z.string() })).default([]),
    }),
  ),
});
type Outputs = z.infer<typeof buildStatsSchema>['outputs'];

/**
 * Tells, for a page's address, the scripts that it needs besides those that every page names, so that a browser fetches them at once
 * instead of one generation after the other. Whoever chose another language than the browser's fetches its texts besides. None where the
 * build left nothing about them: pages then load as they do without.
 * @param webRoot the folder of the built index page
 */
export function findPageScripts(webRoot: string): (path: string, language: PageLanguage) => readonly string[] {
  const file = join(webRoot, '..', 'browser-stats.json');
  if (!existsSync(file)) return () => [];
  const { outputs } = buildStatsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const everywhere = new Set(withImports(outputs, entryOf(outputs, 'main.ts')));
  const needed = (module: string): string[] => withImports(outputs, entryOf(outputs, module)).filter((script) => !everywhere.has(script));
  const known = Object.entries(pages).map(([address, { module, texts }]) => ({
    matches: patternOf(address),
    scripts: needed(module),
    texts: { en: needed(`${texts}/en.ts`), de: needed(`${texts}/de.ts`) } satisfies Record<PageLanguage, string[]>,
  }));
  return (path, language) => {
    const page = known.find(({ matches }) => matches.test(path));
    return page ? [...page.scripts, ...page.texts[language]] : [];
  };
}

function entryOf(outputs: Outputs, module: string): string | undefined {
  return Object.keys(outputs).find((script) => outputs[script]?.entryPoint?.endsWith(`/src/${module}`));
}

/** The script and all that it imports, and they import, before any of them runs. */
function withImports(outputs: Outputs, script: string | undefined): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name) || !name.endsWith('.js')) return;
    found.add(name);
    for (const { path, kind } of outputs[name]?.imports ?? []) if (kind === 'import-statement') visit(path);
  };
  if (script !== undefined) visit(script);
  return [...found];
}

function patternOf(address: string): RegExp {
  return new RegExp(`^${address.replace(/:\w+/g, '[^/]+')}$`);
}
