import { mailLanguage, mailLanguages, mails } from './mails.js';

const link = 'https://dramatis.example/account/verify#token=a-token';

describe('mails', () => {
  it.each(mailLanguages)('say the same in each language: %s', (language) => {
    const written = [
      mails.verifyEmail('ada@example.org', { accountId: 'a', name: 'Ada', language, link }),
      mails.resetPassword('ada@example.org', { accountId: 'a', name: 'Ada', language, link }),
      mails.passwordChanged('ada@example.org', { accountId: 'a', name: 'Ada', language }),
      mails.emailChanging('ada@example.org', { accountId: 'a', name: 'Ada', language }),
    ];
    expect(new Set(written.map(({ subject }) => subject)).size).toBe(4);
    for (const { text, html } of written) {
      expect(text).toContain('Ada,');
      expect(html).toContain(`lang="${language}"`);
    }
    for (const { text, html } of written.slice(0, 2)) {
      expect(text).toContain(`\n\n${link}\n`);
      expect(html).toContain(`<a href="${link}">`);
    }
  });

  it('show a name as it is, whatever is in it', () => {
    const { text, html } = mails.passwordChanged('x@example.org', { accountId: 'a', name: '<b>"x"</b> & co', language: 'en' });
    expect(text).toContain('Hello <b>"x"</b> & co,');
    expect(html).not.toContain('<b>');
  });

  it.each<[string | null, string[], string]>([
    [null, [], 'en'],
    [null, ['de-AT', 'en'], 'de'],
    [null, ['fr', 'de'], 'de'],
    ['de-CH', ['en'], 'de'],
    ['en', ['de'], 'en'],
    ['fr', ['*'], 'en'],
  ])('are in the language of the account, or else of the browser: %p, %p', (locale, accepted, language) => {
    expect(mailLanguage(locale, accepted)).toBe(language);
  });
});
