import type { Request } from 'express';

interface Layer {
  route?: { methods: Record<string, boolean> };
  match: (path: string) => unknown;
}

/** More methods than a route of ours takes: such a route is the one that says that there is nothing. */
const everyMethod = 10;

/** The methods of the routes at the request's address; empty where there is nothing at it. */
export function allowedMethods(request: Request): string[] {
  const { stack } = (request.app as unknown as { router: { stack: Layer[] } }).router;
  const methods = new Set<string>();
  for (const layer of stack) {
    const names = Object.keys(layer.route?.methods ?? {});
    if (names.length === 0 || names.length > everyMethod || !layer.match(request.path)) continue;
    for (const name of names) methods.add(name.toUpperCase());
  }
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}
