import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type { Me } from '@dramatis/contracts/identity/account';
import { settle } from './settle';

/** What every page may ask about who looks at it. Every method rejects with a {@link Problem}. */
@Injectable({ providedIn: 'root' })
export class IdentityApi {
  private readonly http = inject(HttpClient);

  me(): Promise<Me> {
    return settle(this.http.get<Me>('/api/auth/me'));
  }

  async signOut(): Promise<void> {
    await settle(this.http.post('/api/auth/logout', {}));
  }
}
