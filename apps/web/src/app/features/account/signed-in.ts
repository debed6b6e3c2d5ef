import { inject } from '@angular/core';
import { type CanActivateFn, Router } from '@angular/router';
import { Identity } from '../../core/identity';

/** Leads whoever is not signed in to the page where one does, and back from there. Where the server does not tell, the page itself says so. */
export const signedIn: CanActivateFn = async (_route, { url }) => {
  const router = inject(Router);
  const me = await inject(Identity).known();
  return me === null || me.account !== null || router.createUrlTree(['/account/sign-in'], { queryParams: { returnUrl: url } });
};
