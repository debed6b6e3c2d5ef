import { DomainError } from '@dramatis/contracts/errors';
import type { MailQueueRepository, QueuedMail } from '@dramatis/database/mail/mail-queue-repository';
import type { Logger } from '@dramatis/telemetry/logger';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { setTimeout as delay } from 'node:timers/promises';
import type { Mail, MailPort } from './mail-port.js';
import type { Seal } from './sealed.js';

export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with user and password if the server wants them. */
  url: string;
  from: string;
}

interface Dependencies {
  queue: MailQueueRepository;
  seal: Seal;
  logger: Logger;
}

/** Pauses after the first, second, … failed attempt; after the last the mail is given up. */
const defaultPausesMs = [1_000, 5_000, 30_000, 120_000, 600_000, 3_600_000];
const timeoutMs = 10_000;
const maxWaiting = 1_000;
/** How long the process waits at its end for what is under way. */
const graceMs = 5_000;
/** How often is looked for what other processes left behind. */
const lookEveryMs = 30_000;

/**
 * Sends by a mail server. Whoever asks waits only until the mail is in the queue, which is in the database: it is sent also when this
 * process ends, by the next one or another. A server that is busy or away is tried again for an hour, one that refuses for good is not. A
 * process that dies right after it has sent a mail leaves it to be sent once more, under the same id.
 */
export class SmtpMailAdapter implements MailPort, OnApplicationBootstrap, OnModuleDestroy {
  private readonly transport: Transporter;
  private working: Promise<void> | null = null;
  private again = false;
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(
    private readonly settings: SmtpSettings,
    private readonly to: Dependencies,
    private readonly pausesMs: readonly number[] = defaultPausesMs,
  ) {
    const timeouts = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
    // Mails are text that is at hand: nothing is to be read from files or addresses on the way.
    this.transport = createTransport({ url: settings.url, pool: true, maxConnections: 2, ...timeouts, disableFileAccess: true, disableUrlAccess: true }, { from: settings.from });
  }

  onApplicationBootstrap(): void {
    this.work();
  }

  requireAvailable(): void {}

  async send(mail: Mail): Promise<void> {
    const { queue, seal } = this.to;
    if ((await queue.count()) >= maxWaiting) throw new DomainError('mail_unavailable.queue_full');
    await queue.add(mail.accountId, seal.close(JSON.stringify(mail)));
    this.work();
  }

  /** What is under way is finished; what waits stays in the queue. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    const graceEnds = new AbortController();
    await Promise.race([this.working, delay(graceMs, undefined, { signal: graceEnds.signal, ref: false }).catch(() => undefined)]);
    graceEnds.abort();
    this.transport.close();
  }

  /** Sends what is due, now and later. */
  private work(): void {
    this.again = true;
    this.working ??= this.sendAll().finally(() => (this.working = null));
  }

  private async sendAll(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    let pauseMs = lookEveryMs;
    let away = false;
    try {
      while (this.again && !this.stopped) {
        this.again = false;
        away = !(await this.sendDue());
      }
      const due = await this.to.queue.nextDue();
      if (due !== null) pauseMs = Math.min(pauseMs, Math.max(away ? this.pausesMs[0]! : 0, due.getTime() - Date.now()));
    } catch (error) {
      this.to.logger.warn({ err: error }, 'the mails that wait could not be looked at; trying again');
    }
    if (!this.stopped) this.timer = setTimeout(() => this.work(), pauseMs).unref();
  }

  /** False when the mail server is out of reach, so that the others that are due need not be tried now. */
  private async sendDue(): Promise<boolean> {
    while (!this.stopped) {
      const mail = await this.to.queue.claim();
      if (mail === null) return true;
      if (!(await this.deliver(mail))) return false;
    }
    return true;
  }

  /** Whether the mail server was there, whatever it said. */
  private async deliver({ _id, content, attempts: before }: QueuedMail): Promise<boolean> {
    const { queue, logger } = this.to;
    const attempts = before + 1;
    try {
      const mail = this.opened(content);
      // As an object it is one address, whatever is written in it.
      await this.transport.sendMail({ ...mail, to: { name: '', address: mail.to }, messageId: `<${_id}@${domainOf(this.settings.from)}>` });
    } catch (error) {
      const pauseMs = isFinal(error) ? undefined : this.pausesMs[before];
      if (pauseMs !== undefined) {
        logger.warn({ err: error, mailId: _id, pauseMs }, 'a mail could not be sent yet; trying again');
        await queue.postpone(_id, attempts, pauseMs);
        return replyCodeOf(error) !== null;
      }
      logger.error({ err: error, mailId: _id, attempts }, 'a mail could not be sent');
    }
    await queue.remove(_id);
    return true;
  }

  private opened(content: string): Mail {
    try {
      return JSON.parse(this.to.seal.open(content)) as Mail;
    } catch (cause) {
      throw new UnreadableMail('the mail was queued with another operator token', { cause });
    }
  }
}

class UnreadableMail extends Error {
  override readonly name = 'UnreadableMail';
}

/** Whether trying again is of no use: the server has refused the mail for good, by a reply of 500 and above, or nobody can read it. */
function isFinal(error: unknown): boolean {
  return error instanceof UnreadableMail || (replyCodeOf(error) ?? 0) >= 500;
}

/** What the server answered with, or null where it did not answer. */
function replyCodeOf(error: unknown): number | null {
  const { responseCode } = error as { responseCode?: unknown };
  return typeof responseCode === 'number' ? responseCode : null;
}

const domainOf = (from: string): string => /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';
