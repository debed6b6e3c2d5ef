import type { AuditEntry } from '@dramatis/contracts/audit';
import { personaId as personaIdSchema } from '@dramatis/contracts/ids';
import { quotaRole } from '@dramatis/contracts/quota';

export interface AuditedRequest {
  id?: unknown;
  params?: Record<string, unknown>;
  body?: unknown;
}

/** What of a body is recorded: settings and choices. Everything else may be a secret or what people wrote. */
const recorded: ReadonlySet<string> = new Set([
  'version', 'note', 'name', 'kind', 'status', 'publish', 'ifVersion', 'baseVersion', 'corpusVersion', 'embedder', 'depth', 'maxPages', 'trigger',
  'role', 'disabled', 'slug',
]);
/** Settings by role: each of theirs is recorded, as `guest.tokensADay`. */
const byRole: ReadonlySet<string> = new Set(quotaRole.options);
/** Of these, how many there are. */
const counted: ReadonlySet<string> = new Set(['documents', 'uploadIds', 'addDocuments', 'addUploadIds', 'removeDocumentIds', 'urls']);
const maxTextCharacters = 200;
const createdIds = ['sourceId', 'ingestionId', 'uploadId', 'workflowId', 'personaId', 'modeId', 'formatId'] as const;

type Described = Pick<AuditEntry, 'outcome' | 'code' | 'personaId' | 'subject' | 'detail' | 'requestId'>;

/** What the audit log says of a request: ids, names and numbers. Pure. */
export function describeRequest(
  request: AuditedRequest,
  { outcome, code, result }: Pick<AuditEntry, 'outcome' | 'code'> & { result: unknown },
): Described {
  const params = objectOf(request.params);
  const body = objectOf(request.body);
  const made = objectOf(result);
  const persona = personaIdSchema.safeParse(params['personaId'] ?? body['personaId'] ?? made['personaId']);
  const ids = Object.entries(params).flatMap(([name, value]) => (name === 'personaId' || typeof value !== 'string' ? [] : [value]));
  const created = createdIds.map((name) => made[name]).find((value) => typeof value === 'string');
  const subject = ids.length > 0 ? ids.join('/') : ((created) ?? null);
  return {
    outcome,
    code,
    personaId: persona.success ? persona.data : null,
    subject: subject?.slice(0, maxTextCharacters) ?? null,
    detail: { ...detailOf(objectOf(body['settings'])), ...detailOf(body) },
    requestId: typeof request.id === 'string' ? request.id : null,
  };
}

function detailOf(body: Record<string, unknown>): AuditEntry['detail'] {
  const detail: AuditEntry['detail'] = {};
  for (const [key, value] of Object.entries(body)) {
    if (counted.has(key) && Array.isArray(value)) detail[key] = value.length;
    if (byRole.has(key)) {
      for (const [name, amount] of Object.entries(objectOf(value))) if (typeof amount === 'number' || amount === null) detail[`${key}.${name}`] = amount;
    }
    if (!recorded.has(key)) continue;
    if (typeof value === 'string') detail[key] = value.slice(0, maxTextCharacters);
    else if (typeof value === 'number' || typeof value === 'boolean' || value === null) detail[key] = value;
  }
  return detail;
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
