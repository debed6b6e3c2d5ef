import { TestBed } from '@angular/core/testing';
import { AccountStage, refuse } from '../../../testing/account-stage';
import { uuidOf } from '../../../testing/console-builders';
import { eventually } from '../../../testing/eventually';
import { guestHere, nobodyHere, signedInAs } from '../../../testing/fake-identity';
import { Identity } from '../../core/identity';

const session = (of: number, current: boolean) => ({
  sessionId: uuidOf(of),
  current,
  userAgent: current ? 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' : 'Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36',
  address: '192.0.2.7',
  createdAt: new Date().toISOString(),
  lastSeenAt: new Date().toISOString(),
  expiresAt: new Date().toISOString(),
});

describe('the page of one’s account', () => {
  let stage: AccountStage;

  beforeEach(() => {
    stage = new AccountStage();
    stage.identity.here = signedInAs();
  });
  afterEach(() => {
    stage.close();
    document.querySelector('.cdk-overlay-container')?.remove();
  });

  async function open(): Promise<void> {
    await stage.open('/account');
    (await stage.asked('GET', '/api/auth/sessions')).flush([session(1, true), session(2, false)]);
    const quota = { turnsAMinute: 20, turnsAtOnce: 1, tokensADay: 100_000 };
    (await stage.asked('GET', '/api/auth/me/usage')).flush({ role: 'user', quota, tokensToday: 25_000, turnsRunning: 0, resetsAt: new Date(Date.now() + 3_600_000).toISOString() });
    await eventually(() => expect(stage.text).toContain('Firefox on Linux'));
  }

  const answer = (words: string) => [...document.querySelectorAll<HTMLButtonElement>('mat-dialog-container button')].find((button) => button.textContent?.trim() === words);

  it('leads a guest to the page of signing in, and back', async () => {
    stage.identity.here = guestHere;
    await stage.open('/account');
    expect(stage.url).toBe('/account/sign-in?returnUrl=%2Faccount');
  });

  it('shows who one is, where one is signed in, and what one has used', async () => {
    await open();
    expect(stage.text).toContain('Mary Shelley');
    expect(stage.text).toContain('This address is not confirmed yet.');
    await eventually(() => expect(stage.part('Use today').textContent).toMatch(/25,000 of 100,000 tokens/));
    expect(stage.part('Use today').textContent).toContain('20 replies a minute, and 1 reply at the same time');
    expect(stage.part('Sessions').querySelectorAll('li button')).toHaveLength(1);
  });

  it('ends another session, and shows those that are left', async () => {
    await open();
    stage.part('Sessions').querySelector<HTMLButtonElement>('li button')?.click();
    (await stage.asked('DELETE', `/api/auth/sessions/${uuidOf(2)}`)).flush(null);
    (await stage.asked('GET', '/api/auth/sessions')).flush([session(1, true)]);
    await eventually(() => expect(stage.text).toContain('You are signed in nowhere else.'));
  });

  it('says that the current password is wrong, beside it', async () => {
    await open();
    const part = stage.part('Password');
    stage.submit({ currentPassword: 'not the one', newPassword: 'seven quiet lanterns' }, part);
    refuse(await stage.asked('PATCH', '/api/auth/me'), 403, 'wrong_password');
    await eventually(() => expect(stage.problemOf('currentPassword', part)).toBe('This is not your current password.'));
    expect(stage.field('newPassword', part).value).toBe('seven quiet lanterns');
  });

  it('says which address waits to be confirmed', async () => {
    await open();
    stage.submit({ newEmail: 'm@example.org', currentPassword: 'the one it is' }, stage.part('E-mail address'));
    const request = await stage.asked('PATCH', '/api/auth/me');
    expect(request.request.body).toEqual({ newEmail: 'm@example.org', currentPassword: 'the one it is' });
    request.flush(signedInAs({ pendingEmail: 'm@example.org' }));
    await eventually(() => expect(stage.text).toContain('m@example.org takes its place as soon as it is confirmed.'));
  });

  it('deletes the account only after asking, and leads out', async () => {
    await open();
    const part = stage.part('Delete the account');
    stage.submit({ password: 'the one it is' }, part);
    await eventually(() => expect(answer('Keep it')).toBeDefined());
    stage.none('/api/auth/me');
    answer('Keep it')?.click();
    await eventually(() => expect(answer('Keep it')).toBeUndefined());
    stage.submit({}, part);
    await eventually(() => expect(answer('Delete it')).toBeDefined());
    answer('Delete it')?.click();
    const request = await stage.asked('DELETE', '/api/auth/me');
    expect(request.request.body).toEqual({ password: 'the one it is' });
    request.flush(null);
    await eventually(() => expect(stage.url).toBe('/'));
    expect(TestBed.inject(Identity).me()).toEqual(nobodyHere);
  });

  it('tells the only admin what to do first', async () => {
    stage.identity.here = signedInAs({ role: 'admin' });
    await open();
    stage.submit({ password: 'the one it is' }, stage.part('Delete the account'));
    await eventually(() => expect(answer('Delete it')).toBeDefined());
    answer('Delete it')?.click();
    refuse(await stage.asked('DELETE', '/api/auth/me'), 409, 'last_admin');
    await eventually(() => expect(stage.part('Delete the account').querySelector('[role=alert]')?.textContent).toContain('Make another account an admin first'));
  });

  it('says that one is signed out when the session was ended elsewhere', async () => {
    await open();
    stage.identity.here = nobodyHere;
    await TestBed.inject(Identity).refresh();
    await eventually(() => expect(stage.text).toContain('You are signed out.'));
  });
});
