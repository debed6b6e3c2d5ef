import type { ApiKey } from '@dramatis/contracts/identity/api-key';
import { TestBed } from '@angular/core/testing';
import { AccountStage, refuse } from '../../../testing/account-stage';
import { uuidOf } from '../../../testing/console-builders';
import { eventually } from '../../../testing/eventually';
import { guestHere, nobodyHere, signedInAs } from '../../../testing/fake-identity';
import { Identity } from '../../core/identity';

const apiKey = (fields: Partial<ApiKey> = {}): ApiKey => ({
  apiKeyId: '0123456789abcdef',
  name: 'Night reader',
  scopes: ['read', 'converse'],
  createdAt: new Date().toISOString(),
  expiresAt: null,
  lastUsedAt: null,
  ...fields,
});
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

  async function open(keys: ApiKey[] = []): Promise<void> {
    await stage.open('/account');
    (await stage.asked('GET', '/api/auth/sessions')).flush([session(1, true), session(2, false)]);
    (await stage.asked('GET', '/api/auth/api-keys')).flush({ items: keys });
    const quota = { turnsAMinute: 20, turnsAtOnce: 1, tokensADay: 100_000 };
    (await stage.asked('GET', '/api/auth/me/usage')).flush({ role: 'user', quota, tokensToday: 25_000, turnsRunning: 0, resetsAt: new Date(Date.now() + 3_600_000).toISOString() });
    await eventually(() => expect(stage.text).toContain('Firefox on Linux'));
    await eventually(() => expect(stage.part('Keys for programs').querySelector('.skeleton')).toBeNull());
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
    expect(document.activeElement?.textContent).toBe('Sessions');
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

  describe('keys for programs', () => {
    const part = () => stage.part('Keys for programs');
    const button = (words: string) => [...part().querySelectorAll('button')].find((candidate) => candidate.textContent?.trim() === words);

    it('are shown with what they may do and when they were used', async () => {
      await open([apiKey(), apiKey({ apiKeyId: 'fedcba9876543210', name: 'Old', scopes: ['read'], lastUsedAt: new Date().toISOString(), expiresAt: '2020-01-01T00:00:00.000Z' })]);
      const [one, other] = [...part().querySelectorAll('li')].map((item) => item.textContent?.replace(/\s+/g, ' '));
      expect(one).toMatch(/Night reader.*hold conversations.*never used/);
      expect(other).toMatch(/Old.*Read only.*last used.*It has expired/);
    });

    it('are made with what they may and until when, and shown once', async () => {
      await open();
      expect(part().textContent).toContain('You have no keys.');
      button('Make a key')?.click();
      await eventually(() => expect(document.activeElement).toBe(stage.field('name', part())));
      // Curating is not offered to who may not.
      expect([...part().querySelectorAll('select[name=purpose] option')].map((option) => (option as HTMLOptionElement).value)).toEqual(['read', 'converse']);
      stage.submit({ name: '' }, part());
      await eventually(() => expect(stage.problemOf('name', part())).toBe('Type a name.'));
      stage.submit({ name: ' Night reader ' }, part());
      const request = await stage.asked('POST', '/api/auth/api-keys');
      const body = request.request.body as { expiresAt: string };
      expect(body).toMatchObject({ name: 'Night reader', scopes: ['read', 'converse'] });
      expect(Math.round((Date.parse(body.expiresAt) - Date.now()) / 86_400_000)).toBe(90);
      request.flush({ ...apiKey(), key: 'dra_0123456789abcdef_secret' });
      (await stage.asked('GET', '/api/auth/api-keys')).flush({ items: [apiKey()] });
      await eventually(() => expect(part().querySelector<HTMLInputElement>('#made-key')?.value).toBe('dra_0123456789abcdef_secret'));
      button('Make a key')?.click();
      await eventually(() => expect(part().querySelector('#made-key')).toBeNull());
    });

    it('say that there are too many of them', async () => {
      await open();
      button('Make a key')?.click();
      await eventually(() => stage.field('name', part()));
      stage.submit({ name: 'One more' }, part());
      refuse(await stage.asked('POST', '/api/auth/api-keys'), 409, 'too_many_api_keys');
      await eventually(() => expect(part().querySelector('[role=alert]')?.textContent).toContain('Revoke one'));
      expect(stage.field('name', part()).value).toBe('One more');
    });

    it('are revoked only after asking', async () => {
      await open([apiKey()]);
      button('Revoke')?.click();
      await eventually(() => expect(answer('Revoke it')).toBeDefined());
      stage.none('/api/auth/api-keys/0123456789abcdef');
      answer('Revoke it')?.click();
      (await stage.asked('DELETE', '/api/auth/api-keys/0123456789abcdef')).flush(null);
      (await stage.asked('GET', '/api/auth/api-keys')).flush({ items: [] });
      await eventually(() => expect(part().textContent).toContain('You have no keys.'));
    });
  });

  it('says that one is signed out when the session was ended elsewhere', async () => {
    await open();
    stage.identity.here = nobodyHere;
    await TestBed.inject(Identity).refresh();
    await eventually(() => expect(stage.text).toContain('You are signed out.'));
  });
});
