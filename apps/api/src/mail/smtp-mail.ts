import { DomainError } from '@dramatis/contracts/errors';
import type { Logger } from '@dramatis/telemetry/logger';
import type { OnModuleDestroy } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { setTimeout as delay } from 'node:timers/promises';
import type { Mail, MailPort } from './mail-port.js';

export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with user and password if the server wants them. */
  url: string;
  from: string;
}

/** Pauses after the first, second, … failed attempt; after the last the mail is given up. */
const defaultPausesMs = [1_000, 5_000, 30_000, 120_000, 600_000];
const timeoutMs = 10_000;
const maxWaiting = 1_000;
/** How long the process waits at its end for what is under way. */
const graceMs = 5_000;

/**
 * Sends by a mail server. Whoever asks does not wait: a server that is busy or away is tried again for some minutes, one that refuses for
 * good is not. What waits is in memory; when the process ends it is tried a last time.
 */
export class SmtpMailAdapter implements MailPort, OnModuleDestroy {
  private readonly transport: Transporter;
  private readonly waiting = new Set<Promise<void>>();
  private readonly ending = new AbortController();

  constructor(
    { url, from }: SmtpSettings,
    private readonly logger: Logger,
    private readonly pausesMs: readonly number[] = defaultPausesMs,
  ) {
    const timeouts = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
    // Mails are text that is at hand: nothing is to be read from files or addresses on the way.
    this.transport = createTransport({ url, pool: true, maxConnections: 2, ...timeouts, disableFileAccess: true, disableUrlAccess: true }, { from });
  }

  requireAvailable(): void {}

  send(mail: Mail): Promise<void> {
    if (this.waiting.size >= maxWaiting) {
      return Promise.reject(new DomainError('mail_unavailable', 'Too many mails wait for the mail server at the moment; try again later.'));
    }
    const delivery = this.deliver(mail).finally(() => this.waiting.delete(delivery));
    this.waiting.add(delivery);
    return Promise.resolve();
  }

  async onModuleDestroy(): Promise<void> {
    this.ending.abort();
    const graceEnds = new AbortController();
    await Promise.race([Promise.all(this.waiting), delay(graceMs, undefined, { signal: graceEnds.signal, ref: false }).catch(() => undefined)]);
    graceEnds.abort();
    this.transport.close();
  }

  private async deliver(mail: Mail): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      const last = this.ending.signal.aborted;
      try {
        // As an object it is one address, whatever is written in it.
        await this.transport.sendMail({ ...mail, to: { name: '', address: mail.to } });
        return;
      } catch (error) {
        const pauseMs = last || isFinal(error) ? undefined : this.pausesMs[attempt];
        if (pauseMs === undefined) {
          this.logger.error({ err: error, subject: mail.subject, attempts: attempt + 1 }, 'a mail could not be sent');
          return;
        }
        this.logger.warn({ err: error, subject: mail.subject, pauseMs }, 'a mail could not be sent yet; trying again');
        // Cut short at the end of the process, for a last attempt.
        await delay(pauseMs, undefined, { signal: this.ending.signal, ref: false }).catch(() => undefined);
      }
    }
  }
}

/** Whether the server has refused the mail for good: a reply of 500 and above. */
function isFinal(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: unknown };
  return typeof responseCode === 'number' && responseCode >= 500;
}
