import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { ConsoleStage } from '../../../testing/console-stage';
import { eventually } from '../../../testing/eventually';
import { guestHere, signedInAs } from '../../../testing/fake-identity';
import { Identity } from '../../core/identity';
import { Problem } from '../../core/problem';

describe('the console’s door', () => {
  let stage: ConsoleStage;
  let http: HttpTestingController;

  beforeEach(() => {
    stage = new ConsoleStage();
    stage.server.operator.signOut();
    TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
    http = TestBed.inject(HttpTestingController);
  });

  function answer(status: number): void {
    const request = http.expectOne(({ url }) => url === '/api/admin/sources');
    const body = status === 200 ? { items: [] } : { type: 't', title: 't', status, code: 'unauthenticated', detail: 'Send the operator token.' };
    request.flush(body, { status, statusText: 'x' });
  }

  async function type(token: string): Promise<void> {
    await eventually(() => stage.fill('Operator token', token));
    stage.press('Open the console');
  }

  it('asks for the token, and opens the page that was wanted when it is right', async () => {
    await stage.open('/console/corpora/ada-lovelace/sources');
    await type(' right-token ');
    const asked = http.match(({ url }) => url === '/api/admin/sources');
    expect(asked[0]!.request.headers.get('authorization')).toBe('Bearer right-token');
    asked[0]!.flush({ items: [] });
    await eventually(() => expect(stage.text).toContain('Nothing to read yet.'));
    expect(stage.url).toBe('/console/corpora/ada-lovelace/sources');
    expect(sessionStorage.getItem('dramatis.operator-token')).toBe('right-token');
    expect(JSON.stringify({ ...localStorage })).not.toContain('right-token');
  });

  it('says that a token is wrong, and does not keep it', async () => {
    await stage.open('/console');
    await type('wrong');
    answer(401);
    await eventually(() => expect(stage.text).toContain('This is not the operator token of this installation.'));
    expect(stage.server.operator.signedIn()).toBe(false);
    expect(sessionStorage.getItem('dramatis.operator-token')).toBeNull();
  });

  it('tells a server in trouble from a wrong token', async () => {
    await stage.open('/console');
    await type('right-token');
    http.expectOne(({ url }) => url === '/api/admin/sources').error(new ProgressEvent('error'));
    await eventually(() => expect(stage.text).toContain('The server cannot be reached.'));
  });

  it('does not send what cannot be a token', async () => {
    await stage.open('/console');
    await type('läßt sich nicht senden');
    await eventually(() => expect(stage.text).toContain('This is not the operator token'));
    http.expectNone(({ url }) => url === '/api/admin/sources');
  });

  it('asks again when the server stops taking the token', async () => {
    stage.server.operator.signIn('operator-token');
    stage.server.failWith(new Problem('unauthenticated', 'Send the operator token.', 401));
    await stage.open('/console');
    await eventually(() => expect(stage.text).toContain('The server no longer accepts your token'));
    expect(sessionStorage.getItem('dramatis.operator-token')).toBeNull();
  });

  it('forgets the token', async () => {
    stage.server.operator.signIn('operator-token');
    await stage.open('/console');
    await eventually(() => stage.press('Forget the token'));
    await eventually(() => expect(stage.field('Operator token')).toBeDefined());
    expect(sessionStorage.getItem('dramatis.operator-token')).toBeNull();
  });

  it('is open to a curator who is signed in, without a token', async () => {
    stage.server.identity.here = signedInAs({ role: 'curator' });
    await stage.open('/console');
    await eventually(() => expect(stage.control('Audit log')).toBeDefined());
    expect(stage.text).not.toContain('Quotas');
    expect(stage.text).not.toContain('Forget the token');
  });

  it('shows an admin what is an admin’s', async () => {
    stage.server.identity.here = signedInAs({ role: 'admin' });
    await stage.open('/console');
    await eventually(() => expect(stage.control('Quotas').getAttribute('href')).toBe('/console/quotas'));
  });

  it('tells a user that it is not theirs, and by whom it could become so', async () => {
    stage.server.identity.here = signedInAs({ role: 'user' });
    await stage.open('/console/audit');
    await eventually(() => expect(stage.text).toContain('This is not yours to see, Mary Shelley'));
    expect(stage.server.requests).toEqual([]);
  });

  it('leads a guest to the page of signing in, and back', async () => {
    stage.server.identity.here = guestHere;
    await stage.open('/console/audit?page=2');
    await eventually(() => expect(stage.control('Sign in').getAttribute('href')).toBe('/account/sign-in?returnUrl=%2Fconsole%2Faudit%3Fpage%3D2'));
  });

  it('closes when the role is taken away', async () => {
    stage.server.identity.here = signedInAs({ role: 'curator' });
    await stage.open('/console');
    await eventually(() => expect(stage.control('Audit log')).toBeDefined());
    stage.server.identity.here = signedInAs({ role: 'user' });
    await TestBed.inject(Identity).refresh();
    await eventually(() => expect(stage.text).toContain('This is not yours to see'));
  });
});
