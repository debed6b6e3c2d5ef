import type { Mail } from '../mail/mail-port.js';

interface Letter {
  subject: string;
  paragraphs: string[];
  link?: string;
}

/** The mails that accounts get. `link` is the whole address. Pure. */
export const mails = {
  verifyEmail: (to: string, { name, link }: { name: string; link: string }): Mail =>
    write(to, {
      subject: 'Confirm your e-mail address',
      paragraphs: [`Hello ${name},`, 'please confirm that this is your address. The link works once, within three days.'],
      link,
    }),
  resetPassword: (to: string, { name, link }: { name: string; link: string }): Mail =>
    write(to, {
      subject: 'Choose a new password',
      paragraphs: [`Hello ${name},`, 'somebody, you it is to be hoped, asked for a new password. The link works once, within an hour. If it was not you, there is nothing to do.'],
      link,
    }),
  passwordChanged: (to: string, { name }: { name: string }): Mail =>
    write(to, {
      subject: 'Your password was changed',
      paragraphs: [`Hello ${name},`, 'the password of your account was changed, and its other sessions were ended. If it was not you, ask for a new password at once.'],
    }),
  emailChanging: (to: string, { name }: { name: string }): Mail =>
    write(to, {
      subject: 'Your e-mail address is about to change',
      paragraphs: [`Hello ${name},`, 'another address was given for your account; it takes the place of this one when it is confirmed. If it was not you, change your password at once.'],
    }),
};

function write(to: string, { subject, paragraphs, link }: Letter): Mail {
  const all = [...paragraphs, ...(link === undefined ? [] : [link])];
  const html = paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`).join('');
  return { to, subject, text: `${all.join('\n\n')}\n`, html: link === undefined ? html : `${html}<p><a href="${escaped(link)}">${escaped(link)}</a></p>` };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
