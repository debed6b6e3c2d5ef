import { createLogger } from '@dramatis/telemetry/logger';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { SmtpMailAdapter } from './smtp-mail.js';

const mail = { to: 'ada@example.org', subject: 'Grüße', text: 'A link: https://x.example/#token=abc\n', html: '<p>A link</p>' };
const replyOf = (responseCode: number): Error => Object.assign(new Error('not now'), { responseCode });

/** A real mail server, which fails as it is told to, in order, and then takes what comes. */
async function mailServer(failures: number[] = []): Promise<{ url: string; received: { from: string; to: string[]; text: string }[]; attempts: () => number; whenAttempted: (count: number) => Promise<void>; close: () => Promise<void> }> {
  const received: { from: string; to: string[]; text: string }[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  let attempts = 0;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) => (username === 'user' && password === 'p@ss' ? done(null, { user: username }) : done(replyOf(535))),
    onRcptTo: (_address, _session, done) => {
      attempts += 1;
      waiting.filter(({ count }) => attempts >= count).forEach(({ resolve }) => resolve());
      const failure = failures.shift();
      done(failure === undefined ? null : replyOf(failure));
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push({ from: envelope.mailFrom === false ? '' : envelope.mailFrom.address, to: envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://user:p%40ss@127.0.0.1:${port}`,
    received,
    attempts: () => attempts,
    whenAttempted: (count) => (attempts >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve }))),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

describe('SmtpMailAdapter', () => {
  const logger = createLogger({ name: 'spec', level: 'silent' });
  const open: { close: () => Promise<void> }[] = [];
  const serve = async (failures?: number[]): ReturnType<typeof mailServer> => {
    const server = await mailServer(failures);
    open.push(server);
    return server;
  };
  const adapterFor = (url: string, pausesMs?: number[]): SmtpMailAdapter => new SmtpMailAdapter({ url, from: 'Dramatis <dramatis@example.org>' }, logger, pausesMs);

  afterEach(async () => {
    for (const server of open.splice(0)) await server.close();
  });

  it('sends text and HTML from the address of the installation', async () => {
    const server = await serve();
    const adapter = adapterFor(server.url);
    await adapter.send(mail);
    await adapter.onModuleDestroy();
    expect(server.received).toMatchObject([{ from: 'dramatis@example.org', to: ['ada@example.org'] }]);
    expect(server.received[0]!.text).toMatch(/^From: Dramatis <dramatis@example\.org>$/m);
    expect(server.received[0]!.text).toMatch(/multipart\/alternative/);
  });

  it('tries again while the server is busy, and nobody waits for that', async () => {
    const server = await serve([451, 421]);
    const adapter = adapterFor(server.url, [1, 1, 1]);
    await adapter.send(mail);
    expect(server.received).toEqual([]);
    await server.whenAttempted(3);
    await adapter.onModuleDestroy();
    expect(server.received).toHaveLength(1);
  });

  it('gives up after its attempts', async () => {
    const server = await serve([451, 451, 451]);
    const adapter = adapterFor(server.url, [1]);
    await adapter.send(mail);
    await server.whenAttempted(2);
    await adapter.onModuleDestroy();
    expect([server.attempts(), server.received.length]).toEqual([2, 0]);
  });

  it('does not try again what is refused for good', async () => {
    const server = await serve([550]);
    const adapter = adapterFor(server.url, [1, 1]);
    await adapter.send(mail);
    await server.whenAttempted(1);
    await adapter.onModuleDestroy();
    expect([server.attempts(), server.received.length]).toEqual([1, 0]);
  });

  it('tries what waits a last time when the process ends', async () => {
    const server = await serve([451]);
    const adapter = adapterFor(server.url, [3_600_000]);
    await adapter.send(mail);
    await server.whenAttempted(1);
    await adapter.onModuleDestroy();
    expect(server.received).toHaveLength(1);
  });

  it('lets no address put other headers or people in', async () => {
    const server = await serve();
    const adapter = adapterFor(server.url);
    await adapter.send({ ...mail, subject: 'x\r\nBcc: eve@example.org', to: 'ada@example.org\r\nBcc: eve@example.org' });
    await adapter.onModuleDestroy();
    for (const { to, text } of server.received) {
      expect(to).not.toContain('eve@example.org');
      expect(text).not.toMatch(/^Bcc:/im);
    }
  });

  it('fails nobody’s request where no server is, and takes no more than it can keep', async () => {
    const adapter = adapterFor('smtp://127.0.0.1:1', [3_600_000]);
    await Promise.all(Array.from({ length: 1_000 }, () => adapter.send(mail)));
    await expect(adapter.send(mail)).rejects.toMatchObject({ code: 'mail_unavailable' });
    await adapter.onModuleDestroy();
  });
});
