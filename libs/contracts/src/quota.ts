import { z } from 'zod';

/** Who a quota is for: people without an account, and accounts by their role. */
export const quotaRole = z.enum(['guest', 'user', 'curator', 'admin']);
export type QuotaRole = z.infer<typeof quotaRole>;

const allowance = z.int().min(1).max(1_000_000_000).nullable();

/** What one owner of conversations may use; null is without limit. */
export const turnQuota = z
  .strictObject({
    turnsAMinute: allowance.describe('Turns begun in a minute. As many may begin at once; then they come back one by one.'),
    turnsAtOnce: allowance.describe('Turns that run at the same time, over all conversations.'),
    tokensADay: allowance.describe('Tokens that language models read and write for one’s turns, in a day of UTC. The built-in model’s do not count.'),
  })
  .meta({ id: 'TurnQuota' });
export type TurnQuota = z.infer<typeof turnQuota>;

export const quotas = z.strictObject({ guest: turnQuota, user: turnQuota, curator: turnQuota, admin: turnQuota }).meta({ id: 'Quotas' });
export type Quotas = z.infer<typeof quotas>;

/** The quotas in force, and what they would be had nobody changed them. */
export const quotaSettings = z
  .object({
    quotas,
    defaults: quotas.describe('From the installation’s environment.'),
    changedAt: z.iso.datetime().nullable().describe('Null while the defaults are in force.'),
  })
  .meta({ id: 'QuotaSettings' });
export type QuotaSettings = z.infer<typeof quotaSettings>;

/** What somebody has used of their quota. */
export const quotaUsage = z
  .object({
    role: quotaRole,
    quota: turnQuota,
    tokensToday: z.int().min(0),
    turnsRunning: z.int().min(0),
    resetsAt: z.iso.datetime().describe('When the day of tokens ends: the next midnight of UTC.'),
  })
  .meta({ id: 'QuotaUsage' });
export type QuotaUsage = z.infer<typeof quotaUsage>;
