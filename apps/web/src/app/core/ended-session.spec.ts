import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { eventually } from '../../testing/eventually';
import { FakeIdentityApi, nobodyHere, signedInAs } from '../../testing/fake-identity';
import { endedSession } from './ended-session';
import { Identity } from './identity';

describe('endedSession', () => {
  let api: FakeIdentityApi;
  let identity: Identity;

  beforeEach(async () => {
    api = new FakeIdentityApi();
    TestBed.configureTestingModule({ providers: [provideHttpClient(withInterceptors([endedSession])), provideHttpClientTesting(), api.provider] });
    identity = TestBed.inject(Identity);
    api.here = signedInAs();
    await identity.known();
    api.here = nobodyHere;
  });

  function fail(code: string, status: number, headers: Record<string, string> = {}): void {
    TestBed.inject(HttpClient).get('/api/x', { headers }).subscribe({ error: () => undefined });
    TestBed.inject(HttpTestingController).expectOne('/api/x').flush({ type: 't', title: 't', status, code, detail: 'No.' }, { status, statusText: 'x' });
  }

  it.each([
    ['unauthenticated', 401],
    ['session_ended', 401],
    ['forbidden', 403],
  ])('asks who is here after %s', async (code, status) => {
    fail(code, status);
    await eventually(() => expect(identity.account()).toBeNull());
  });

  it('does not after anything else, nor when it was about the operator token', () => {
    fail('conversation_not_found', 404);
    fail('wrong_password', 403);
    fail('unauthenticated', 401, { authorization: 'Bearer old' });
    expect(api.asked).toBe(1);
  });
});
