import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Problem } from '../../core/problem';
import { settle } from '../../core/settle';

/** Asks the server whether a token is the operator's. */
@Injectable({ providedIn: 'root' })
export class Doorkeeper {
  private readonly http = inject(HttpClient);

  /** @throws Problem when the server cannot tell */
  async accepts(token: string): Promise<boolean> {
    // A header takes plain characters only; whatever holds others is no token.
    if (!/^[\x21-\x7e]+$/.test(token)) return false;
    try {
      await settle(this.http.get('/api/admin/sources', { params: { limit: 1 }, headers: { authorization: `Bearer ${token}` } }));
      return true;
    } catch (error) {
      if (error instanceof Problem && (error.status === 401 || error.status === 403)) return false;
      throw error;
    }
  }
}
