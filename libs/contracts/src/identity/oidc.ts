import { z } from 'zod';
import { fieldTexts } from '../field-texts.js';

/** The name of a provider, as the installation calls it. */
export const identityProviderId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, fieldTexts.provider_id);

/** Where one may sign in with an account that one has elsewhere. */
export const identityProvider = z
  .object({
    provider: identityProviderId,
    label: z.string().describe('As people know it, for a button.'),
    loginPath: z.string().describe('The page to go to; add `returnTo`, a path of this site, for where to be afterwards.'),
  })
  .meta({ id: 'IdentityProvider' });
export type IdentityProvider = z.infer<typeof identityProvider>;

export const identityProviderList = z.object({ items: z.array(identityProvider) }).meta({ id: 'IdentityProviderList' });
export type IdentityProviderList = z.infer<typeof identityProviderList>;

const anySite = 'https://site.invalid';

/** Whether it is a path of this site and of no other, however a browser reads it. */
function isOwnPath(value: string): boolean {
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(value)) return false;
  return URL.canParse(value, anySite) && new URL(value, anySite).origin === anySite;
}

/** A path of the web application, with what may follow it. */
export const returnPath = z.string().max(500).refine(isOwnPath, fieldTexts.own_path);

export const beginIdentityProviderSignIn = z.strictObject({ returnTo: returnPath.default('/') });
export type BeginIdentityProviderSignIn = z.infer<typeof beginIdentityProviderSignIn>;
