import { Injectable, inject } from '@angular/core';
import { Router } from '@angular/router';
import type { Me } from '@dramatis/contracts/identity/account';
import { Identity } from '../../core/identity';
import { Notifier } from '../../core/notifier';
import { returnAddress } from '../../core/return-address';

/** What follows when somebody has signed in or up: they are back where they were. */
@Injectable({ providedIn: 'root' })
export class Arrival {
  private readonly identity = inject(Identity);
  private readonly router = inject(Router);
  private readonly notifier = inject(Notifier);

  async enter(me: Me, returnUrl: string | undefined, greeting?: string): Promise<void> {
    this.identity.take(me);
    await this.router.navigateByUrl(returnAddress(returnUrl));
    if (greeting) this.notifier.tell(greeting);
  }
}
