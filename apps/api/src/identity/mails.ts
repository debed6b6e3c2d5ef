import type { Mail } from '../mail/mail-port.js';

export const mailLanguages = ['en', 'de'] as const;
export type MailLanguage = (typeof mailLanguages)[number];

/** Whom a mail is to, and in which language. */
export interface Reader {
  accountId: string;
  name: string;
  language: MailLanguage;
}

interface Letter {
  subject: string;
  paragraphs: string[];
}

const greeting: Record<MailLanguage, (name: string) => string> = { en: (name) => `Hello ${name},`, de: (name) => `Guten Tag ${name},` };

const letters = {
  verifyEmail: {
    en: {
      subject: 'Confirm your e-mail address',
      paragraphs: ['please confirm that this is your address. The link works once, within three days.'],
    },
    de: {
      subject: 'Bestätigen Sie Ihre E-Mail-Adresse',
      paragraphs: ['bitte bestätigen Sie, dass dies Ihre Adresse ist. Der Link gilt drei Tage lang und für ein einziges Mal.'],
    },
  },
  resetPassword: {
    en: {
      subject: 'Choose a new password',
      paragraphs: ['somebody, you it is to be hoped, asked for a new password. The link works once, within an hour. If it was not you, there is nothing to do.'],
    },
    de: {
      subject: 'Wählen Sie ein neues Passwort',
      paragraphs: ['jemand, hoffentlich Sie selbst, hat ein neues Passwort angefordert. Der Link gilt eine Stunde lang und für ein einziges Mal. Waren Sie es nicht, ist nichts zu tun.'],
    },
  },
  passwordChanged: {
    en: {
      subject: 'Your password was changed',
      paragraphs: ['the password of your account was changed, and its other sessions were ended. If it was not you, ask for a new password at once.'],
    },
    de: {
      subject: 'Ihr Passwort wurde geändert',
      paragraphs: ['das Passwort Ihres Kontos wurde geändert, seine anderen Sitzungen wurden beendet. Waren Sie es nicht, fordern Sie sofort ein neues Passwort an.'],
    },
  },
  emailChanging: {
    en: {
      subject: 'Your e-mail address is about to change',
      paragraphs: ['another address was given for your account; it takes the place of this one when it is confirmed. If it was not you, change your password at once.'],
    },
    de: {
      subject: 'Ihre E-Mail-Adresse wird geändert',
      paragraphs: ['für Ihr Konto wurde eine andere Adresse angegeben; sie tritt an die Stelle dieser, sobald sie bestätigt ist. Waren Sie es nicht, ändern Sie sofort Ihr Passwort.'],
    },
  },
} satisfies Record<string, Record<MailLanguage, Letter>>;

/** The mails that accounts get. `link` is the whole address. Pure. */
export const mails = {
  verifyEmail: (to: string, { link, ...reader }: Reader & { link: string }): Mail => write(to, 'verifyEmail', reader, link),
  resetPassword: (to: string, { link, ...reader }: Reader & { link: string }): Mail => write(to, 'resetPassword', reader, link),
  passwordChanged: (to: string, reader: Reader): Mail => write(to, 'passwordChanged', reader),
  emailChanging: (to: string, reader: Reader): Mail => write(to, 'emailChanging', reader),
};

/** The account's own language if mails are written in it, else the one that the browser asks for. Pure. */
export function mailLanguage(locale: string | null, accepted: readonly string[]): MailLanguage {
  for (const tag of [...(locale === null ? [] : [locale]), ...accepted]) {
    const language = mailLanguages.find((known) => tag.toLowerCase().split('-', 1)[0] === known);
    if (language !== undefined) return language;
  }
  return 'en';
}

function write(to: string, kind: keyof typeof letters, { accountId, name, language }: Reader, link?: string): Mail {
  const letter = letters[kind][language];
  const paragraphs = [greeting[language](name), ...letter.paragraphs];
  const text = `${[...paragraphs, ...(link === undefined ? [] : [link])].join('\n\n')}\n`;
  const html = `<div lang="${language}">${paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`).join('')}`;
  const linked = link === undefined ? '' : `<p><a href="${escaped(link)}">${escaped(link)}</a></p>`;
  return { accountId, to, subject: letter.subject, text, html: `${html}${linked}</div>` };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
