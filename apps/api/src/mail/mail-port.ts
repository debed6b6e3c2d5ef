export interface Mail {
  /** One address. */
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** The way out for mails. */
export interface MailPort {
  /** Hands the mail over. @throws when it was not taken; the caller decides whether that matters. */
  send(mail: Mail): Promise<void>;
}

/** Injection token of the {@link MailPort}. */
export const MAIL = Symbol('MailPort');
