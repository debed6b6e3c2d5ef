import type { Outbox } from '@dramatis/contracts/outbox';
import { OutboxRepository } from '@dramatis/database/mail/outbox-repository';
import { ApiHarness, nowhere, operatorToken } from '../../test/api-harness.js';
import { enter, makeAccount, newEmail, signUp } from '../../test/people.js';
import { eventually } from '../../test/temporal-namespace.js';

const proxied = { 'x-forwarded-for': '203.0.113.9' };

describe('mails without a mail server', () => {
  let api: ApiHarness;

  beforeAll(async () => {
    api = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere });
  });
  afterAll(() => api.stop());

  it('are shown in the embedded stack to who sits at the machine, as a page too', async () => {
    const { email } = await signUp(api.client());
    const { items } = await eventually(async () => {
      const { body } = await api.client().get<Outbox>('/api/dev/outbox');
      expect(body.items).toMatchObject([{ to: email, subject: 'Confirm your e-mail address' }]);
      return body;
    });
    const [link] = /https?:\/\/\S+#token=[\w-]+/.exec(items[0]!.text)!;
    const page = await api.client({ accept: 'text/html' }).get<string>('/api/dev/outbox');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.body).toContain(`<a href="${link}">`);
    const nonce = /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy')!)![1]!;
    expect(page.body).toContain(`<style nonce="${nonce}">`);
    const german = await api.client({ accept: 'text/html', 'accept-language': 'de' }).get<string>('/api/dev/outbox');
    expect(german.body).toContain('<html lang="de">');
    expect(german.body).toContain('<h1>Postausgang</h1>');
  });

  it('are in the language that the browser asks for', async () => {
    const { email } = await signUp(api.client({ 'accept-language': 'de-AT, en;q=0.5' }));
    await eventually(async () => {
      const { body } = await api.client().get<Outbox>('/api/dev/outbox');
      expect(body.items.find(({ to }) => to === email)?.subject).toBe('Bestätigen Sie Ihre E-Mail-Adresse');
    });
  });

  it('are written into the page as text', async () => {
    await api.app.get(OutboxRepository).add({ accountId: 'a', to: '"><script>1</script>@x', subject: '<img src=x>', text: '<b> http://x.example/"onclick=1', html: '' });
    const { body } = await api.client({ accept: 'text/html' }).get<string>('/api/dev/outbox');
    expect(body).not.toMatch(/<script|<img|<b>|"onclick/);
  });

  it('are for admins only where something stands in between', async () => {
    const { _id: ownerId } = await makeAccount(api, 'curator');
    const curator = await enter(api, { ownerId, accountId: ownerId });
    for (const client of [api.client(), curator]) {
      expect(await client.send('GET', '/api/dev/outbox', undefined, proxied)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    expect((await api.operator.send('GET', '/api/dev/outbox', undefined, proxied)).status).toBe(200);
  });

  it('are said to be impossible where strangers come, before anything was begun', async () => {
    const secret = operatorToken;
    const strangers = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere, DRAMATIS_EMBEDDED: '0', DRAMATIS_ADMIN_TOKEN: secret, DRAMATIS_PUBLIC_ORIGINS: 'http://localhost' });
    try {
      const { client, email } = await signUp(strangers.client());
      const unavailable = { status: 503, body: { code: 'mail_unavailable', detail: expect.stringContaining('ask an admin') } };
      expect(await client.post('/api/auth/password-reset', { email })).toMatchObject(unavailable);
      expect(await client.post('/api/auth/password-reset', { email: newEmail() })).toMatchObject(unavailable);
      expect(await client.post('/api/auth/verification')).toMatchObject(unavailable);
      expect(await strangers.operator.get('/api/dev/outbox')).toMatchObject({ status: 404 });
    } finally {
      await strangers.stop();
    }
  });
});
