import { z } from 'zod';
import { uuid } from '../ids.js';
import { role } from './role.js';
import { fieldTexts } from '../field-texts.js';

/** An account as admins see it. */
export const administeredAccount = z
  .object({
    accountId: uuid,
    email: z.string(),
    emailVerified: z.boolean(),
    displayName: z.string(),
    role,
    disabled: z.boolean(),
    createdAt: z.iso.datetime(),
    lastSignInAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'AdministeredAccount' });
export type AdministeredAccount = z.infer<typeof administeredAccount>;

export const accountQuery = z.strictObject({
  search: z.string().trim().min(1).max(100).optional().describe('Part of the address or the name, or the whole id.'),
  role: role.optional(),
  disabled: z.enum(['true', 'false']).transform((value) => value === 'true').optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});
export type AccountQuery = z.infer<typeof accountQuery>;

/** The newest first. */
export const accountPage = z
  .object({ items: z.array(administeredAccount), total: z.number().int(), limit: z.number().int(), offset: z.number().int() })
  .meta({ id: 'AccountPage' });
export type AccountPage = z.infer<typeof accountPage>;

export const updateAccount = z
  .strictObject({ role: role.optional(), disabled: z.boolean().optional().describe('Ends the account’s sessions, and lets it begin none.') })
  .refine((patch) => Object.keys(patch).length > 0, fieldTexts.change_nothing)
  .meta({ id: 'UpdateAccount' });
export type UpdateAccount = z.infer<typeof updateAccount>;
