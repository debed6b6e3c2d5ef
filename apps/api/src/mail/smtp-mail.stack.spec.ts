import { connectDatabase, createIndexes } from '@dramatis/database/connection';
import { MailQueueRepository } from '@dramatis/database/mail/mail-queue-repository';
import { createLogger } from '@dramatis/telemetry/logger';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { eventually } from '../../test/temporal-namespace.js';
import { Seal } from './sealed.js';
import { SmtpMailAdapter } from './smtp-mail.js';

const mail = { accountId: 'a', to: 'ada@example.org', subject: 'Grüße', text: 'A link: https://x.example/#token=abc\n', html: '<p>A link</p>' };
const replyOf = (responseCode: number): Error => Object.assign(new Error('not now'), { responseCode });

/** A real mail server, which fails as it is told to, in order, and then takes what comes. */
async function mailServer(failures: number[] = []): Promise<{ url: string; received: { from: string; to: string[]; text: string }[]; attempts: () => number; close: () => Promise<void> }> {
  const received: { from: string; to: string[]; text: string }[] = [];
  let attempts = 0;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) => (username === 'user' && password === 'p@ss' ? done(null, { user: username }) : done(replyOf(535))),
    onRcptTo: (_address, _session, done) => {
      attempts += 1;
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
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

describe('SmtpMailAdapter', () => {
  const logger = createLogger({ name: 'spec', level: 'silent' });
  const seal = new Seal('a secret');
  const servers: { close: () => Promise<void> }[] = [];
  const adapters: SmtpMailAdapter[] = [];
  let connection: Connection;
  let queue: MailQueueRepository;

  const serve = async (failures?: number[]): ReturnType<typeof mailServer> => {
    const server = await mailServer(failures);
    servers.push(server);
    return server;
  };
  const adapterFor = (url: string, pausesMs?: number[]): SmtpMailAdapter => {
    const adapter = new SmtpMailAdapter({ url, from: 'Dramatis <dramatis@example.org>' }, { queue, seal, logger }, pausesMs);
    adapters.push(adapter);
    return adapter;
  };
  const whenEmpty = (): Promise<void> => eventually(async () => expect(await queue.count()).toBe(0));

  beforeAll(async () => {
    const uri = new URL(process.env['MONGODB_URI']!);
    uri.pathname = `/spec-${randomUUID().slice(0, 8)}`;
    connection = connectDatabase({ uri: uri.href });
    queue = new MailQueueRepository(connection);
    await connection.asPromise();
    await createIndexes(connection);
  });
  afterEach(async () => {
    for (const adapter of adapters.splice(0)) await adapter.onModuleDestroy();
    for (const server of servers.splice(0)) await server.close();
    await connection.collection('mail_queue').deleteMany({});
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  it('sends text and HTML from the address of the installation, and keeps nothing of it', async () => {
    const server = await serve();
    await adapterFor(server.url).send(mail);
    await whenEmpty();
    expect(server.received).toMatchObject([{ from: 'dramatis@example.org', to: ['ada@example.org'] }]);
    expect(server.received[0]!.text).toMatch(/^From: Dramatis <dramatis@example\.org>$/m);
    expect(server.received[0]!.text).toMatch(/^Message-ID: <[0-9a-f-]{36}@example\.org>$/m);
    expect(server.received[0]!.text).toMatch(/multipart\/alternative/);
  });

  it('tries again while the server is busy, and nobody waits for that', async () => {
    const server = await serve([451, 421]);
    await adapterFor(server.url, [1, 1, 1]).send(mail);
    await whenEmpty();
    expect([server.attempts(), server.received.length]).toEqual([3, 1]);
  });

  it('gives up after its attempts', async () => {
    const server = await serve([451, 451, 451]);
    await adapterFor(server.url, [1]).send(mail);
    await whenEmpty();
    expect([server.attempts(), server.received.length]).toEqual([2, 0]);
  });

  it('does not try again what is refused for good, and goes on with the next', async () => {
    const server = await serve([550]);
    const adapter = adapterFor(server.url, [1, 1]);
    await adapter.send(mail);
    await adapter.send({ ...mail, to: 'b@example.org' });
    await whenEmpty();
    expect([server.attempts(), server.received.map(({ to }) => to)]).toEqual([2, [['b@example.org']]]);
  });

  it('leaves what waits to the next process, which sends it once, without a word of it in the database', async () => {
    // As a process leaves it that ends before it could send anything.
    const before = adapterFor('smtp://127.0.0.1:1');
    const sent = before.send(mail);
    await Promise.all([sent, before.onModuleDestroy()]);
    expect(JSON.stringify(await connection.collection('mail_queue').find().toArray())).not.toMatch(/token=abc|Grüße/);
    const server = await serve();
    const [one, other] = [adapterFor(server.url, [1]), adapterFor(server.url, [1])];
    one.onApplicationBootstrap();
    other.onApplicationBootstrap();
    await whenEmpty();
    expect(server.received).toHaveLength(1);
  });

  it('drops what was queued under another secret, and sends the rest', async () => {
    await queue.add(mail.accountId, new Seal('another').close(JSON.stringify(mail)));
    const server = await serve();
    await adapterFor(server.url, [1]).send({ ...mail, to: 'b@example.org' });
    await whenEmpty();
    expect(server.received.map(({ to }) => to)).toEqual([['b@example.org']]);
  });

  it('lets no address put other headers or people in', async () => {
    const server = await serve();
    await adapterFor(server.url).send({ ...mail, subject: 'x\r\nBcc: eve@example.org', to: 'ada@example.org\r\nBcc: eve@example.org' });
    await whenEmpty();
    for (const { to, text } of server.received) {
      expect(to).not.toContain('eve@example.org');
      expect(text).not.toMatch(/^Bcc:/im);
    }
  });

  it('fails nobody’s request where no server is, and takes no more than it can keep', async () => {
    const adapter = adapterFor('smtp://127.0.0.1:1', [3_600_000]);
    await adapter.send(mail);
    const waiting = Array.from({ length: 1_000 }, (_, i) => ({ _id: `w${i}` as never, to: 'x', content: '', queuedAt: new Date(), attempts: 0, dueAt: new Date(Date.now() + 3_600_000) }));
    await connection.collection('mail_queue').insertMany(waiting);
    await expect(adapter.send(mail)).rejects.toMatchObject({ code: 'mail_unavailable' });
  });
});
