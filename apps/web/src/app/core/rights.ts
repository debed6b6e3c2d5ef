import { Injectable, computed, inject } from '@angular/core';
import type { Role, roles } from '@dramatis/contracts/identity/role';
import { Identity } from './identity';
import { Operator } from './operator';

// Spelt out, checked against the contracts: importing their values would bring every schema into the page.
const ranks: typeof roles = ['user', 'curator', 'admin'];

/** What whoever is here may do, by their account or by the operator token of this tab. The server decides; this shows what it would say. */
@Injectable({ providedIn: 'root' })
export class Rights {
  private readonly identity = inject(Identity);
  private readonly operator = inject(Operator);
  /** Null for guests, and while nobody is known. */
  readonly role = computed<Role | null>(() => (this.operator.signedIn() ? 'admin' : (this.identity.account()?.role ?? null)));
  /** Whether personas and their knowledge may be written. */
  readonly curates = computed(() => this.isAtLeast('curator'));
  /** Whether accounts, quotas and the log of security may be seen. */
  readonly administers = computed(() => this.isAtLeast('admin'));

  private isAtLeast(needed: Role): boolean {
    const held = this.role();
    return held !== null && ranks.indexOf(held) >= ranks.indexOf(needed);
  }
}
