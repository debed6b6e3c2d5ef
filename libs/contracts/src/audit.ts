import { z } from 'zod';
import { personaId, uuid } from './ids.js';

/** One thing that somebody did, or was refused. Holds ids, names and numbers; never secrets or texts of documents. */
export const auditEntry = z
  .object({
    auditId: uuid,
    at: z.iso.datetime(),
    actor: z.object({ kind: z.enum(['operator', 'account', 'guest', 'anonymous', 'system']), id: z.string().nullable() }),
    from: z.object({ address: z.string().nullable(), userAgent: z.string().nullable() }).nullable(),
    security: z.boolean().describe('Whether it concerns accounts and sessions; for admins only.'),
    action: z.string().describe('What was done, such as `corpusVersions.publish` or `sources.create`.'),
    outcome: z.enum(['done', 'refused']),
    code: z.string().nullable().describe('Why it was refused.'),
    personaId: personaId.nullable(),
    subject: z.string().nullable().describe('Id of what it was done to.'),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntry>;

export const auditQuery = z.strictObject({
  personaId: personaId.optional(),
  action: z.string().trim().max(100).optional().describe('Whole, or its beginning up to the dot, such as `sources`.'),
  subject: z.string().trim().max(200).optional(),
  actor: z.string().trim().max(100).optional().describe('Id of the account or guest that did it.'),
  outcome: z.enum(['done', 'refused']).optional(),
  security: z.enum(['true', 'false']).transform((value) => value === 'true').optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional().describe('Before this.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});
export type AuditQuery = z.infer<typeof auditQuery>;

/** Newest first. */
export const auditPage = z
  .object({ items: z.array(auditEntry), total: z.number().int(), limit: z.number().int(), offset: z.number().int() })
  .meta({ id: 'AuditPage' });
export type AuditPage = z.infer<typeof auditPage>;
