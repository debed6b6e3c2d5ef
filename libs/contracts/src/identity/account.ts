import { z } from 'zod';
import { uuid } from '../ids.js';
import { oneLine } from '../one-line.js';
import { emailAddress } from './email-address.js';
import { givenPassword, newPassword } from './password.js';
import { role } from './role.js';
import { fieldTexts } from '../field-texts.js';

const displayName = oneLine(80);
const locale = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, fieldTexts.language_tag);

export const registration = z
  .strictObject({ email: emailAddress, password: newPassword, displayName: displayName.optional(), locale: locale.optional() })
  .meta({ id: 'Registration' });
export type Registration = z.infer<typeof registration>;

export const signIn = z.strictObject({ email: z.string().trim().min(1).max(254), password: givenPassword }).meta({ id: 'SignIn' });
export type SignIn = z.infer<typeof signIn>;

/** One's own account. */
export const account = z
  .object({
    accountId: uuid,
    email: z.string(),
    emailVerified: z.boolean(),
    pendingEmail: z.string().nullable().describe('Takes the place of the address once it is verified.'),
    displayName: z.string(),
    locale: z.string().nullable(),
    role,
    hasPassword: z.boolean().describe('False where one signs in only through another provider.'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof account>;

/** Who asks. Guests, and who has no session yet, have no account. */
export const me = z
  .object({
    account: account.nullable(),
    role: role.nullable().describe('What the request may do; an admin’s with the operator token.'),
    guest: z.boolean().describe('Whether there is a guest session, whose conversations an account takes over.'),
    sessionId: uuid.nullable(),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof me>;

export const updateMe = z
  .strictObject({
    displayName: displayName.optional(),
    locale: locale.nullable().optional(),
    newPassword: newPassword.optional().describe('Ends all other sessions.'),
    newEmail: emailAddress.optional().describe('Takes effect when the link that is sent there was followed.'),
    currentPassword: givenPassword.optional().describe('With a new password or address.'),
  })
  .refine(({ currentPassword: _, ...changes }) => Object.keys(changes).length > 0, fieldTexts.change_nothing)
  .refine((patch) => patch.currentPassword !== undefined || (patch.newPassword === undefined && patch.newEmail === undefined), {
    path: ['currentPassword'],
    message: fieldTexts.current_password,
  })
  .meta({ id: 'UpdateMe' });
export type UpdateMe = z.infer<typeof updateMe>;

export const removeMe = z
  .strictObject({ password: givenPassword.optional().describe('The current one, again. Without a password, one must have signed in within the last ten minutes.') })
 .meta({ id: 'RemoveMe' });
export type RemoveMe = z.infer<typeof removeMe>;

const mailedToken = z.string().min(20).max(100);
export const verifyEmail = z.strictObject({ token: mailedToken }).meta({ id: 'VerifyEmail' });
export type VerifyEmail = z.infer<typeof verifyEmail>;

export const requestPasswordReset = z.strictObject({ email: z.string().trim().min(1).max(254) }).meta({ id: 'RequestPasswordReset' });
export type RequestPasswordReset = z.infer<typeof requestPasswordReset>;

export const resetPassword = z.strictObject({ token: mailedToken, password: newPassword }).meta({ id: 'ResetPassword' });
export type ResetPassword = z.infer<typeof resetPassword>;
