import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Pages by which people arrive, and the module of the web application that shows them: `:` stands for any one segment. */
export const pageModules: Readonly<Record<string, string>> = {
  '/': 'features/gallery/gallery-page.ts',
  '/personas/:personaId': 'features/persona/persona-page.ts',
  '/conversations': 'features/conversations/conversations-page.ts',
  '/conversations/:conversationId': 'features/conversation/conversation-page.ts',
  '/shared/:token': 'features/shared-conversation/shared-page.ts',
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
 * instead of one generation after the other. None where the build left nothing about them: pages then load as they do without.
 * @param webRoot the folder of the built index page
 */
export function findPageScripts(webRoot: string): (path: string) => readonly string[] {
  const file = join(webRoot, '..', 'browser-stats.json');
  if (!existsSync(file)) return () => [];
  const { outputs } = buildStatsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const everywhere = new Set(withImports(outputs, entryOf(outputs, 'main.ts')));
  const pages = Object.entries(pageModules).map(([address, module]) => ({
    matches: patternOf(address),
    scripts: withImports(outputs, entryOf(outputs, module)).filter((script) => !everywhere.has(script)),
  }));
  return (path) => pages.find(({ matches }) => matches.test(path))?.scripts ?? [];
}

function entryOf(outputs: Outputs, module: string): string | undefined {
  return Object.keys(outputs).find((script) => outputs[script]?.entryPoint?.endsWith(`/src/${module}`) || outputs[script]?.entryPoint?.endsWith(`/src/app/${module}`));
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
