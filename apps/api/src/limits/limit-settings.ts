import { quotaRole, quotas as quotasSchema, type QuotaRole, type Quotas, type TurnQuota } from '@dramatis/contracts/quota';
import type { Rate } from '@dramatis/limits/rate';
import { z } from 'zod';

/** Rates by what they are for; null is without limit. Whom each is counted for is in `limited.ts`. */
export interface LimitSettings {
  signIn: Rate | null;
  signUp: Rate | null;
  passwordReset: Rate | null;
  guestSession: Rate | null;
  turnsOfAddress: Rate | null;
  /** Of one key, or of one client's tokens for one person. */
  turnsOfProgram: Rate | null;
  /** In force until an administrator changes them. */
  quotas: Quotas;
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const rateForm = /^([1-9]\d{0,8})\/([1-9]\d{0,3})?([smhd])$/;

/** `10/15m` is ten in fifteen minutes; `off` is no limit. */
const rate = z.string().transform((value, context): Rate | null => {
  if (value === 'off') return null;
  const [, limit, count = '1', unit] = rateForm.exec(value) ?? [];
  if (limit !== undefined) return { limit: Number(limit), windowMs: Number(count) * unitMs[unit as keyof typeof unitMs] };
  context.addIssue({ code: 'custom', message: 'must be a rate such as 10/15m (units s, m, h, d), or off' });
  return z.NEVER;
});

/** `20`, or `guest=2,user=4,curator=8,admin=off`; roles that are not named keep their default. */
const byRole = z
  .string()
  .default('')
  .transform((value, context): Partial<Record<QuotaRole, number | null>> => {
    const given: Partial<Record<QuotaRole, number | null>> = {};
    for (const entry of value.split(',').filter((part) => part.trim() !== '')) {
      const parts = entry.split('=').map((part) => part.trim());
      const amount = parts.at(-1) === 'off' ? null : Number(parts.at(-1));
      const roles = parts.length === 1 ? quotaRole.options : quotaRole.options.filter((role) => role === parts[0]);
      if (parts.length > 2 || roles.length === 0 || (amount !== null && !(Number.isInteger(amount) && amount > 0))) {
        context.addIssue({ code: 'custom', message: 'must be a number for all, or a list such as guest=2,user=4,admin=off' });
        return z.NEVER;
      }
      for (const role of roles) given[role] = amount;
    }
    return given;
  });

export const limitVariables = z.object({
  DRAMATIS_LIMIT_SIGN_INS: rate.optional(),
  DRAMATIS_LIMIT_SIGN_UPS: rate.optional(),
  DRAMATIS_LIMIT_PASSWORD_RESETS: rate.optional(),
  DRAMATIS_LIMIT_GUESTS: rate.optional(),
  DRAMATIS_LIMIT_TURNS_OF_ADDRESS: rate.optional(),
  DRAMATIS_LIMIT_TURNS_OF_PROGRAM: rate.optional(),
  DRAMATIS_QUOTA_TURNS_A_MINUTE: byRole,
  DRAMATIS_QUOTA_TURNS_AT_ONCE: byRole,
  DRAMATIS_QUOTA_TOKENS_A_DAY: byRole,
});

const minutes = (limit: number, count: number): Rate => ({ limit, windowMs: count * unitMs.m });

/** For an installation that strangers reach. */
const publicDefaults: LimitSettings = {
  signIn: minutes(10, 15),
  signUp: minutes(20, 60),
  passwordReset: minutes(5, 60),
  guestSession: minutes(120, 60),
  turnsOfAddress: minutes(240, 1),
  turnsOfProgram: minutes(15, 1),
  quotas: {
    guest: { turnsAMinute: 10, turnsAtOnce: 2, tokensADay: 100_000 },
    user: { turnsAMinute: 20, turnsAtOnce: 4, tokensADay: 1_000_000 },
    curator: { turnsAMinute: 40, turnsAtOnce: 8, tokensADay: 5_000_000 },
    admin: { turnsAMinute: 120, turnsAtOnce: 16, tokensADay: null },
  },
};

const ofOneMachine: TurnQuota = { turnsAMinute: 6_000, turnsAtOnce: 32, tokensADay: null };

/** For the embedded stack: everybody is at one address, and pays for their own language model. They still stop what has run wild. */
const embeddedDefaults: LimitSettings = {
  signIn: minutes(300, 15),
  signUp: minutes(3_000, 60),
  passwordReset: minutes(300, 60),
  guestSession: minutes(30_000, 60),
  turnsOfAddress: minutes(60_000, 1),
  turnsOfProgram: minutes(5_000, 1),
  quotas: { guest: ofOneMachine, user: ofOneMachine, curator: ofOneMachine, admin: ofOneMachine },
};

/** What the environment says, and for the rest what suits the kind of installation. */
export function limitSettings(given: z.infer<typeof limitVariables>, { embedded }: { embedded: boolean }): LimitSettings {
  const defaults = embedded ? embeddedDefaults : publicDefaults;
  const orDefault = (value: Rate | null | undefined, fallback: Rate | null): Rate | null => (value === undefined ? fallback : value);
  const quotaOf = (role: QuotaRole): TurnQuota => ({
    turnsAMinute: amountOf(given.DRAMATIS_QUOTA_TURNS_A_MINUTE, role, defaults.quotas[role].turnsAMinute),
    turnsAtOnce: amountOf(given.DRAMATIS_QUOTA_TURNS_AT_ONCE, role, defaults.quotas[role].turnsAtOnce),
    tokensADay: amountOf(given.DRAMATIS_QUOTA_TOKENS_A_DAY, role, defaults.quotas[role].tokensADay),
  });
  return {
    signIn: orDefault(given.DRAMATIS_LIMIT_SIGN_INS, defaults.signIn),
    signUp: orDefault(given.DRAMATIS_LIMIT_SIGN_UPS, defaults.signUp),
    passwordReset: orDefault(given.DRAMATIS_LIMIT_PASSWORD_RESETS, defaults.passwordReset),
    guestSession: orDefault(given.DRAMATIS_LIMIT_GUESTS, defaults.guestSession),
    turnsOfAddress: orDefault(given.DRAMATIS_LIMIT_TURNS_OF_ADDRESS, defaults.turnsOfAddress),
    turnsOfProgram: orDefault(given.DRAMATIS_LIMIT_TURNS_OF_PROGRAM, defaults.turnsOfProgram),
    quotas: quotasSchema.parse({ guest: quotaOf('guest'), user: quotaOf('user'), curator: quotaOf('curator'), admin: quotaOf('admin') }),
  };
}

function amountOf(given: Partial<Record<QuotaRole, number | null>>, role: QuotaRole, fallback: number | null): number | null {
  const amount = given[role];
  return amount === undefined ? fallback : amount;
}
