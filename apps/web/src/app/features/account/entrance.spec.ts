import { TestBed } from '@angular/core/testing';
import { AccountStage, refuse } from '../../../testing/account-stage';
import { eventually } from '../../../testing/eventually';
import { guestHere, signedInAs } from '../../../testing/fake-identity';
import { Identity } from '../../core/identity';
import { Notifier } from '../../core/notifier';

const password = 'seven quiet lanterns';

describe('the pages of signing in and up', () => {
  let stage: AccountStage;
  beforeEach(() => (stage = new AccountStage()));
  afterEach(() => stage.close());

  it.each([
    ['sign-in', 'current-password'],
    ['sign-up', 'new-password'],
  ])('tell password managers what is what: %s', async (page, expected) => {
    await stage.open(`/account/${page}`);
    expect(stage.field('email').autocomplete).toBe('username');
    expect(stage.field('password').autocomplete).toBe(expected);
  });

  describe('signing in', () => {
    it('leads back to where one was', async () => {
      await stage.open('/account/sign-in?returnUrl=%2Fconversations%2F5');
      stage.submit({ email: ' mary@example.org ', password });
      const request = await stage.asked('POST', '/api/auth/login');
      expect(request.request.body).toEqual({ email: 'mary@example.org', password });
      request.flush(signedInAs());
      await eventually(() => expect(stage.url).toBe('/conversations/5'));
      expect(TestBed.inject(Identity).account()?.email).toBe('mary@example.org');
    });

    it('leads to no other site', async () => {
      await stage.open('/account/sign-in?returnUrl=%2F%2Fevil.example%2Flogin');
      stage.submit({ email: 'mary@example.org', password });
      (await stage.asked('POST', '/api/auth/login')).flush(signedInAs());
      await eventually(() => expect(stage.url).toBe('/'));
    });

    it('says beside the fields what is missing, and goes to the first of them', async () => {
      await stage.open('/account/sign-in');
      stage.submit({ email: 'mary', password: '' });
      await eventually(() => expect(document.activeElement).toBe(stage.field('email')));
      expect(stage.problemOf('email')).toContain('not a whole e-mail address');
      expect(stage.problemOf('password')).toBe('Type your password.');
      stage.none('/api/auth/login');
    });

    it('keeps what was typed when it fails, and goes to the field that is wrong', async () => {
      await stage.open('/account/sign-in');
      stage.submit({ email: 'mary@example.org', password });
      refuse(await stage.asked('POST', '/api/auth/login'), 401, 'invalid_credentials');
      await eventually(() => expect(document.activeElement).toBe(stage.field('password')));
      expect(stage.problemOf('password')).toContain('do not belong together');
      expect([stage.field('email').value, stage.field('password').value]).toEqual(['mary@example.org', password]);
    });

    it('says how long to wait after too many attempts', async () => {
      await stage.open('/account/sign-in');
      stage.submit({ email: 'mary@example.org', password });
      refuse(await stage.asked('POST', '/api/auth/login'), 429, 'rate_limited', { retryAfterSeconds: 700 });
      await eventually(() => expect(stage.page.querySelector('[role=alert]')?.textContent).toContain('Try again in 12 minutes.'));
    });

    it('sends once, however often Enter is pressed', async () => {
      await stage.open('/account/sign-in');
      stage.submit({ email: 'mary@example.org', password });
      stage.submit({});
      await stage.asked('POST', '/api/auth/login');
      stage.none('/api/auth/login');
    });

    it('shows and hides the password', async () => {
      await stage.open('/account/sign-in');
      const show = stage.page.querySelector<HTMLButtonElement>('[aria-label="Show: Password"]');
      show?.click();
      await eventually(() => expect(stage.field('password').type).toBe('text'));
      show?.click();
      await eventually(() => expect(stage.field('password').type).toBe('password'));
    });
  });

  describe('a provider', () => {
    const provide = async (): Promise<void> => {
      (await stage.asked('GET', '/api/auth/oidc')).flush({ items: [{ provider: 'uni', label: 'The University', loginPath: '/api/auth/oidc/uni/login' }] });
    };
    const link = () => stage.page.querySelector('dr-provider-buttons a');

    it.each(['sign-in', 'sign-up'])('is offered, and leads back to where one was: %s', async (page) => {
      await stage.open(`/account/${page}?returnUrl=%2Fconversations%2F5`);
      expect(link()).toBeNull();
      await provide();
      await eventually(() => expect(link()?.getAttribute('href')).toBe('/api/auth/oidc/uni/login?returnTo=%2Fconversations%2F5'));
      expect(link()?.textContent).toContain('The University');
    });

    it('leads to no other site', async () => {
      await stage.open('/account/sign-in?returnUrl=%2F%2Fevil.example');
      await provide();
      await eventually(() => expect(link()?.getAttribute('href')).toBe('/api/auth/oidc/uni/login?returnTo=%2F'));
    });

    it.each([
      ['sign_in_failed', 'did not sign you in'],
      ['email_not_verified', 'does not say that your e-mail address is yours'],
      ['account_not_confirmed', 'was never confirmed'],
      ['account_disabled', 'is disabled'],
      ['rate_limited', 'too many attempts'],
      ['identity_provider_unavailable', 'does not answer'],
      ['identity_provider_not_found', 'Choose another way'],
      ['broker_unavailable', 'closed for a moment'],
      ['Call%20+1%20555', 'did not sign you in'],
      ['constructor', 'did not sign you in'],
    ])('that failed is told in words of ours: %s', async (code, words) => {
      await stage.open(`/account/sign-in?problem=${code}`);
      expect(stage.page.querySelector('[role=alert]')?.textContent).toContain(words);
      expect(stage.text).not.toContain('555');
    });
  });

  describe('making an account', () => {
    it('tells who is the first what that means', async () => {
      await stage.open('/account/sign-up');
      (await stage.asked('GET', '/api/service')).flush({ version: '1', languageModelConfigured: true, firstAccountIsAdmin: true, providers: [], temporalUiUrl: null, temporalNamespace: null });
      await eventually(() => expect(stage.text).toContain('Nobody administers this installation yet'));
    });

    it('tells a guest that conversations stay, and makes it', async () => {
      stage.identity.here = guestHere;
      await TestBed.inject(Identity).known();
      await stage.open('/account/sign-up?returnUrl=%2Fconversations');
      expect(stage.text).toContain('Your conversations as a guest stay');
      stage.submit({ email: 'mary@example.org', password });
      const request = await stage.asked('POST', '/api/auth/register');
      // A name that was left out is made of the address, by the server.
      expect(request.request.body).toEqual({ email: 'mary@example.org', password });
      request.flush(signedInAs());
      await eventually(() => expect(stage.url).toBe('/conversations'));
    });

    it('tells the first that they are the admin', async () => {
      await stage.open('/account/sign-up');
      stage.submit({ email: 'mary@example.org', password });
      (await stage.asked('POST', '/api/auth/register')).flush(signedInAs({ role: 'admin' }));
      await eventually(() => expect(TestBed.inject(Notifier).notice()?.text).toContain('you are the admin of this installation'));
    });

    it.each([
      ['email_taken', 409, {}, 'email', 'There is an account with this address already.'],
      ['password_too_weak', 422, { wording: { key: 'problems.password_too_weak.common', params: {} }, issues: [{ path: 'password', message: 'is among the first that are guessed' }] }, 'password', 'This password is among the first that are guessed.'],
    ])('says of %s beside the field what to do', async (code, status, more, field, words) => {
      await stage.open('/account/sign-up');
      stage.submit({ email: 'mary@example.org', password });
      refuse(await stage.asked('POST', '/api/auth/register'), status, code, more);
      await eventually(() => expect(stage.problemOf(field)).toContain(words));
    });
  });

  describe('links of mails', () => {
    it('lead to a new password with the token behind the #', async () => {
      await stage.open('/account/reset#token=of-a-mail-that-was-sent');
      stage.submit({ password });
      const request = await stage.asked('POST', '/api/auth/password-reset/confirm');
      expect(request.request.body).toEqual({ token: 'of-a-mail-that-was-sent', password });
      request.flush(null, { status: 204, statusText: 'x' });
      await eventually(() => expect(stage.text).toContain('Your password is changed'));
      // The form is gone: the focus is not.
      expect(document.activeElement?.textContent).toBe('Choose a new password');
    });

    it('are offered anew when they do not work any more', async () => {
      await stage.open('/account/reset#token=of-a-mail-that-was-sent');
      stage.submit({ password });
      refuse(await stage.asked('POST', '/api/auth/password-reset/confirm'), 422, 'link_invalid');
      await eventually(() => expect(stage.page.querySelector('a[href="/account/forgotten"]')).not.toBeNull());
    });

    it('confirm an address at once', async () => {
      await stage.open('/account/verify#token=of-a-mail-that-was-sent');
      const request = await stage.asked('POST', '/api/auth/verify');
      expect(request.request.body).toEqual({ token: 'of-a-mail-that-was-sent' });
      request.flush(null, { status: 204, statusText: 'x' });
      await eventually(() => expect(stage.text).toContain('Your address is confirmed'));
    });

    it.each(['/account/verify', '/account/reset'])('that were cut short are known at %s', async (url) => {
      await stage.open(url);
      await eventually(() => expect(stage.text).toContain('This address is not whole'));
    });
  });
});
