import { conversationSocketEvents } from '@dramatis/contracts/conversation-event';
import { ingestionSocketEvents } from '@dramatis/contracts/ingestion';
import { socketEvents } from '@dramatis/contracts/turn-event';

/**
 * Who may call what.
 * - `anyone`: whoever asks, with or without a session.
 * - `owner`: whoever asks, about what is theirs; what belongs to others does not exist for them, and is answered as if it did not.
 * - `account`: who is signed in to an account, in whatever way.
 * - `session`: who is signed in to an account in a browser; no credential of a program.
 * - `curator`, `admin`: an account of at least that role, or the operator token.
 *
 * A program may read what its account may, be it by a key or by a token of the configured issuer, within its scopes: writing what curators
 * write takes `curate`, all other writing `converse`. No program is an admin.
 */
export type Rule = 'anyone' | 'owner' | 'account' | 'session' | 'curator' | 'admin';

/** Every route, as `METHOD /path`. One that is not here is refused to everybody, and a spec fails that tries each route with each role. */
export const routeTable: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['GET /health/live', 'anyone'],
  ['GET /health/ready', 'anyone'],
  ['GET /metrics', 'anyone'],
  ['GET /api/service', 'anyone'],

  ['POST /api/auth/guest', 'anyone'],
  ['POST /api/auth/register', 'anyone'],
  ['POST /api/auth/login', 'anyone'],
  ['POST /api/auth/logout', 'anyone'],
  ['GET /api/auth/me', 'anyone'],
  ['PATCH /api/auth/me', 'session'],
  ['DELETE /api/auth/me', 'session'],
  ['GET /api/auth/me/export', 'session'],
  ['GET /api/auth/me/usage', 'anyone'],
  ['GET /api/auth/sessions', 'session'],
  ['DELETE /api/auth/sessions', 'session'],
  ['DELETE /api/auth/sessions/:sessionId', 'session'],
  ['POST /api/auth/verification', 'session'],
  ['POST /api/auth/verify', 'anyone'],
  ['POST /api/auth/password-reset', 'anyone'],
  ['POST /api/auth/password-reset/confirm', 'anyone'],
  ['GET /api/auth/api-keys', 'session'],
  ['POST /api/auth/api-keys', 'session'],
  ['DELETE /api/auth/api-keys/:apiKeyId', 'session'],
  ['GET /api/auth/oidc', 'anyone'],
  ['GET /api/auth/oidc/:provider/login', 'anyone'],
  ['GET /api/auth/oidc/:provider/callback', 'anyone'],

  // Only in the embedded stack, and there only who sits at the machine, and admins.
  ['GET /api/dev/outbox', 'anyone'],

  ['GET /api/personas', 'anyone'],
  ['GET /api/personas/:personaId', 'anyone'],
  ['GET /api/personas/:personaId/versions', 'anyone'],
  ['GET /api/personas/:personaId/versions/:version', 'anyone'],
  ['GET /api/personas/:personaId/knowledge', 'anyone'],
  ['GET /api/passages/:passageId', 'anyone'],
  ['POST /api/personas', 'curator'],
  ['POST /api/personas/import', 'curator'],
  ['GET /api/personas/:personaId/export', 'curator'],
  ['PATCH /api/personas/:personaId', 'curator'],
  ['POST /api/personas/:personaId/archive', 'curator'],
  ['POST /api/personas/:personaId/unarchive', 'curator'],
  ['DELETE /api/personas/:personaId', 'curator'],
  ['POST /api/personas/:personaId/versions/:version/restore', 'curator'],
  ['GET /api/personas/:personaId/draft', 'curator'],
  ['PUT /api/personas/:personaId/draft', 'curator'],
  ['DELETE /api/personas/:personaId/draft', 'curator'],
  ['POST /api/personas/:personaId/draft/publish', 'curator'],
  // Pictures whose address nobody guesses.
  ['GET /api/avatars/:file', 'anyone'],
  ['POST /api/admin/avatars', 'curator'],

  ['GET /api/modes', 'anyone'],
  ['GET /api/formats', 'anyone'],

  ['POST /api/conversations', 'anyone'],
  ['GET /api/conversations', 'anyone'],
  ['GET /api/conversations/:conversationId', 'owner'],
  ['PATCH /api/conversations/:conversationId', 'owner'],
  ['DELETE /api/conversations/:conversationId', 'owner'],
  ['POST /api/conversations/:conversationId/turns', 'owner'],
  ['GET /api/conversations/:conversationId/export', 'owner'],
  ['POST /api/conversations/:conversationId/share', 'owner'],
  ['DELETE /api/conversations/:conversationId/share', 'owner'],
  // Whoever has the link.
  ['GET /api/shared/:token', 'anyone'],
  ['GET /api/turns/:turnId', 'owner'],
  ['GET /api/turns/:turnId/events', 'owner'],
  ['POST /api/turns/:turnId/cancel', 'owner'],
  ['POST /api/turns/:turnId/regenerate', 'owner'],
  ['POST /api/turns/:turnId/feedback', 'owner'],

  ['GET /api/admin/sources', 'curator'],
  ['POST /api/admin/sources', 'curator'],
  ['GET /api/admin/sources/:sourceId', 'curator'],
  ['PATCH /api/admin/sources/:sourceId', 'curator'],
  ['DELETE /api/admin/sources/:sourceId', 'curator'],
  ['GET /api/admin/sources/:sourceId/documents', 'curator'],
  ['POST /api/admin/sources/:sourceId/ingest', 'curator'],
  ['POST /api/admin/uploads', 'curator'],
  ['GET /api/admin/ingestions', 'curator'],
  ['GET /api/admin/ingestions/:ingestionId', 'curator'],
  ['GET /api/admin/ingestions/:ingestionId/progress', 'curator'],
  ['POST /api/admin/ingestions/:ingestionId/pause', 'curator'],
  ['POST /api/admin/ingestions/:ingestionId/resume', 'curator'],
  ['POST /api/admin/ingestions/:ingestionId/cancel', 'curator'],
  ['POST /api/admin/ingestions/:ingestionId/retry', 'curator'],
  ['GET /api/admin/ingestions/:ingestionId/documents', 'curator'],
  ['GET /api/admin/ingestions/:ingestionId/documents/:documentId', 'curator'],
  ['GET /api/admin/ingestions/:ingestionId/documents/:documentId/original', 'curator'],
  ['GET /api/admin/revisions/:revisionId', 'curator'],
  ['GET /api/admin/revisions/:revisionId/passages', 'curator'],
  ['GET /api/admin/passages/:passageId/lineage', 'curator'],
  ['GET /api/admin/corpora/:personaId', 'curator'],
  ['GET /api/admin/corpora/:personaId/compare', 'curator'],
  ['GET /api/admin/corpora/:personaId/compare/:documentId', 'curator'],
  ['GET /api/admin/corpora/:personaId/versions', 'curator'],
  ['GET /api/admin/corpora/:personaId/versions/:version', 'curator'],
  ['PATCH /api/admin/corpora/:personaId/versions/:version', 'curator'],
  ['GET /api/admin/corpora/:personaId/versions/:version/profile', 'curator'],
  ['POST /api/admin/corpora/:personaId/versions/:version/profile', 'curator'],
  ['POST /api/admin/corpora/:personaId/publish', 'curator'],
  ['POST /api/admin/corpora/:personaId/rollback', 'curator'],
  ['POST /api/admin/corpora/:personaId/collect', 'curator'],
  ['POST /api/admin/corpora/:personaId/reproduce', 'curator'],
  ['GET /api/admin/corpora/:personaId/reproductions/:reproductionId', 'curator'],
  ['GET /api/admin/corpora/:personaId/embedder', 'curator'],
  ['POST /api/admin/corpora/:personaId/embedder', 'curator'],
  ['POST /api/admin/corpora/:personaId/embedder/cancel', 'curator'],
  ['GET /api/admin/embedders', 'curator'],
  ['GET /api/admin/graph/:personaId', 'curator'],
  ['GET /api/admin/graph/:personaId/entities/:entityId/neighbours', 'curator'],
  ['GET /api/admin/graph/:personaId/paths', 'curator'],
  ['POST /api/admin/search', 'curator'],
  ['GET /api/admin/modes', 'curator'],
  ['POST /api/admin/modes', 'curator'],
  ['POST /api/admin/modes/try', 'curator'],
  ['GET /api/admin/modes/:modeId', 'curator'],
  ['PATCH /api/admin/modes/:modeId', 'curator'],
  ['POST /api/admin/modes/:modeId/archive', 'curator'],
  ['GET /api/admin/modes/:modeId/versions', 'curator'],
  ['GET /api/admin/formats', 'curator'],
  ['POST /api/admin/formats', 'curator'],
  ['POST /api/admin/formats/try', 'curator'],
  ['GET /api/admin/formats/:formatId', 'curator'],
  ['PATCH /api/admin/formats/:formatId', 'curator'],
  ['POST /api/admin/formats/:formatId/archive', 'curator'],
  ['GET /api/admin/formats/:formatId/versions', 'curator'],
  // Of what concerns security, curators see nothing.
  ['GET /api/admin/audit', 'curator'],

  // What people wrote in their conversations.
  ['GET /api/admin/turns/:turnId/prompt', 'admin'],
  ['GET /api/admin/accounts', 'admin'],
  ['PATCH /api/admin/accounts/:accountId', 'admin'],
  ['GET /api/admin/quotas', 'admin'],
  ['PUT /api/admin/quotas', 'admin'],
]);

/** Every event that a client may send over a socket. */
export const socketEventTable: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  [socketEvents.subscribe, 'owner'],
  [socketEvents.unsubscribe, 'anyone'],
  [conversationSocketEvents.watch, 'owner'],
  [conversationSocketEvents.unwatch, 'anyone'],
  [ingestionSocketEvents.subscribe, 'curator'],
  [ingestionSocketEvents.unsubscribe, 'anyone'],
]);
