import { z } from 'zod';
import { fieldTexts } from '../field-texts.js';
import { oneLine } from '../one-line.js';

/** What a key lets a program do; each lets it read too. */
export const apiKeyScopes = ['read', 'converse', 'curate'] as const;

export const apiKeyScope = z
  .enum(apiKeyScopes)
  .describe('`read`: all that one may see, but for what curators see. `converse`: also to begin conversations, and all that is done in them. `curate`: also what curators do, if one is a curator.')
  .meta({ id: 'ApiKeyScope' });
export type ApiKeyScope = z.infer<typeof apiKeyScope>;

/** The part of a key that names it, and is no secret. */
export const apiKeyId = z.string().regex(/^[0-9a-f]{16}$/, fieldTexts.api_key_id);

/** One of one's keys; the key itself is shown only once. */
export const apiKey = z
  .object({
    apiKeyId,
    name: z.string(),
    scopes: z.array(apiKeyScope),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable().describe('Exact to some minutes.'),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKey>;

export const apiKeyList = z.object({ items: z.array(apiKey) }).meta({ id: 'ApiKeyList' });
export type ApiKeyList = z.infer<typeof apiKeyList>;

export const newApiKey = z
  .strictObject({
    name: oneLine(80),
    scopes: z.array(apiKeyScope).min(1).max(apiKeyScopes.length).transform((scopes) => apiKeyScopes.filter((scope) => scopes.includes(scope))),
    expiresAt: z.iso
      .datetime()
      .refine((at) => Date.parse(at) > Date.now(), fieldTexts.in_future)
      .nullable()
      .default(null),
  })
  .meta({ id: 'NewApiKey' });
export type NewApiKey = z.infer<typeof newApiKey>;

export const createdApiKey = apiKey
  .extend({ key: z.string().describe('To send as `Authorization: Bearer <key>`. Not shown again.') })
  .meta({ id: 'CreatedApiKey' });
export type CreatedApiKey = z.infer<typeof createdApiKey>;
