import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type { Me, Registration, RemoveMe, ResetPassword, SignIn, UpdateMe } from '@dramatis/contracts/identity/account';
import type { ApiKey, ApiKeyList, CreatedApiKey, NewApiKey } from '@dramatis/contracts/identity/api-key';
import type { IdentityProvider, IdentityProviderList } from '@dramatis/contracts/identity/oidc';
import type { Session } from '@dramatis/contracts/identity/session';
import type { QuotaUsage } from '@dramatis/contracts/quota';
import { settle } from '../../core/settle';

/** One's account, as its owner uses it. Every method rejects with a {@link Problem} or, when aborted, an AbortError. */
@Injectable({ providedIn: 'root' })
export class AccountApi {
  private readonly http = inject(HttpClient);

  signUp(body: Registration): Promise<Me> {
    return settle(this.http.post<Me>('/api/auth/register', body));
  }

  signIn(body: SignIn): Promise<Me> {
    return settle(this.http.post<Me>('/api/auth/login', body));
  }

  update(body: UpdateMe): Promise<Me> {
    return settle(this.http.patch<Me>('/api/auth/me', body));
  }

  async remove(body: RemoveMe): Promise<void> {
    await settle(this.http.delete('/api/auth/me', { body }));
  }

  usage(signal?: AbortSignal): Promise<QuotaUsage> {
    return settle(this.http.get<QuotaUsage>('/api/auth/me/usage'), signal);
  }

  sessions(signal?: AbortSignal): Promise<Session[]> {
    return settle(this.http.get<Session[]>('/api/auth/sessions'), signal);
  }

  async endSession(sessionId: string): Promise<void> {
    await settle(this.http.delete(`/api/auth/sessions/${encodeURIComponent(sessionId)}`));
  }

  async endOtherSessions(): Promise<void> {
    await settle(this.http.delete('/api/auth/sessions'));
  }

  async providers(signal?: AbortSignal): Promise<IdentityProvider[]> {
    return (await settle(this.http.get<IdentityProviderList>('/api/auth/oidc'), signal)).items;
  }

  async apiKeys(signal?: AbortSignal): Promise<ApiKey[]> {
    return (await settle(this.http.get<ApiKeyList>('/api/auth/api-keys'), signal)).items;
  }

  makeApiKey(body: NewApiKey): Promise<CreatedApiKey> {
    return settle(this.http.post<CreatedApiKey>('/api/auth/api-keys', body));
  }

  async revokeApiKey(apiKeyId: string): Promise<void> {
    await settle(this.http.delete(`/api/auth/api-keys/${encodeURIComponent(apiKeyId)}`));
  }

  /** Sends the link that confirms the address again. */
  async sendVerification(): Promise<void> {
    await settle(this.http.post('/api/auth/verification', {}));
  }

  async verifyEmail(token: string): Promise<void> {
    await settle(this.http.post('/api/auth/verify', { token }));
  }

  /** Sends a link for a new password, where there is such an account; the answer does not tell. */
  async requestPasswordReset(email: string): Promise<void> {
    await settle(this.http.post('/api/auth/password-reset', { email }));
  }

  async resetPassword(body: ResetPassword): Promise<void> {
    await settle(this.http.post('/api/auth/password-reset/confirm', body));
  }
}
