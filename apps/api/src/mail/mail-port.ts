export interface Mail {
  /** Whose account it is about: it goes with that, whatever address it is to. */
  accountId: string;
  /** One address. */
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** The way out for mails. */
export interface MailPort {
  /** For what makes no sense without mails, before it begins. @throws DomainError mail_unavailable where none can be sent */
  requireAvailable(): void;
  /** Hands the mail over; that it arrives takes longer and is not waited for. @throws when it was not taken; the caller decides whether that matters. */
  send(mail: Mail): Promise<void>;
}

/** Injection token of the {@link MailPort}. */
export const MAIL = Symbol('MailPort');
