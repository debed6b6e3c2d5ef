import type { OutboxRecord } from '@dramatis/database/mail/outbox-repository';

const words = {
  en: { title: 'Outbox', about: 'There is no mail server: these would have been sent within the last day.', to: 'To', none: 'No mails yet.' },
  de: { title: 'Postausgang', about: 'Es gibt keinen Mailserver: Dies wäre im Lauf des letzten Tages verschickt worden.', to: 'An', none: 'Noch keine Mails.' },
} as const;

const style = `
:root { color-scheme: light dark; font: 1.0625rem/1.5 system-ui, sans-serif; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
article { margin-top: 2rem; padding-top: 1rem; border-top: 1px solid; }
h2, p { margin: 0; font-size: 1rem; }
h1 + p, article p { opacity: 0.75; }
pre { margin: 0.75rem 0 0; font: inherit; white-space: pre-wrap; }`;

/** The mails as a page, the newest first. Whatever is in them is text. Pure. @param nonce that the page's styles must carry */
export function outboxPage(records: readonly OutboxRecord[], { language, nonce }: { language: keyof typeof words; nonce: string }): string {
  const { title, about, to, none } = words[language];
  const time = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  const mails = records.map(
    (mail) =>
      `<article><h2>${escaped(mail.subject)}</h2><p>${to} ${escaped(mail.to)}, <time datetime="${mail.at.toISOString()}">${time.format(mail.at)}</time></p><pre>${linked(escaped(mail.text))}</pre></article>`,
  );
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/favicon.svg"><title>${title}</title><style nonce="${escaped(nonce)}">${style}</style>`;
  return `<!doctype html><html lang="${language}"><head>${head}</head><body><h1>${title}</h1><p>${about}</p>${mails.join('') || `<p>${none}</p>`}</body></html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function linked(html: string): string {
  return html.replace(/https?:\/\/[^\s<]+/g, (address) => `<a href="${address}">${address}</a>`);
}
