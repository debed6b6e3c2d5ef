import { type ModelRule, parseRules } from './behaviour.js';
import type { ModelServer } from './model-server.js';

/**
 * What can be asked of a model server in another process:
 * `POST /__control/script` with a rule or a list of rules, `POST /__control/reset`, `GET /__control/requests`.
 */
export function handleControl(server: ModelServer, path: string, body: unknown): { status: number; body: unknown } {
  switch (path) {
    case '/__control/script':
      try {
        server.script(...parseRules(body));
        return { status: 200, body: { ok: true } };
      } catch (error) {
        return { status: 400, body: { error: { type: 'invalid_rule', message: (error as Error).message } } };
      }
    case '/__control/reset':
      server.reset();
      return { status: 200, body: { ok: true } };
    case '/__control/requests':
      return { status: 200, body: { connections: server.connections, requests: server.requests } };
    default:
      return { status: 404, body: { error: { type: 'not_found_error', message: `Nothing answers at ${path}.` } } };
  }
}

export interface ModelServerControl {
  script(...rules: ModelRule[]): Promise<void>;
  reset(): Promise<void>;
  /** As `RecordedRequest` shapes itself for JSON. */
  requests(): Promise<Record<string, unknown>[]>;
}

/** Controls a model server that runs in another process. @throws Error with what the server had against it */
export function controlModelServer(url: string): ModelServerControl {
  const call = async (path: string, init?: RequestInit): Promise<unknown> => {
    const response = await fetch(new URL(`/__control/${path}`, url), init);
    const body = (await response.json()) as { error?: { message?: string } };
    if (!response.ok) throw new Error(body.error?.message ?? `HTTP ${response.status}`);
    return body;
  };
  const post = (path: string, body: unknown) =>
    call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return {
    async script(...rules) {
      await post('script', rules);
    },
    async reset() {
      await post('reset', {});
    },
    async requests() {
      return ((await call('requests')) as { requests: Record<string, unknown>[] }).requests;
    },
  };
}
