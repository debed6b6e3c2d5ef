import { Component, computed } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Title } from '@angular/platform-browser';
import { TitleStrategy, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { BrowserStorage } from '../app/core/browser-storage';
import { Problem } from '../app/core/problem';
import { exactTime, relativeTime } from '../app/shared/relative-time';
import { PageTitle, titled } from '../app/shell/page-title';
import { translate } from '../testing/texts';
import { Language, injectTranslate } from './language';
import { firstLanguage } from './languages';

@Component({ template: `<p>{{ t('app.conversations') }}</p>` })
class Page {
  protected readonly t = injectTranslate();
}

describe('the language of the pages', () => {
  const language = () => TestBed.inject(Language);
  afterEach(() => localStorage.clear());

  it.each([
    ['en', [], null],
    ['de', ['de-AT', 'en'], null],
    ['de', ['fr-FR', 'de'], null],
    ['en', ['en-US', 'de'], null],
    ['en', ['fr'], null],
    ['en', ['de'], 'en'],
    ['de', ['de'], 'tlh'],
  ] as const)('is %s for who reads %j and has chosen %s', (expected, understood, chosen) => {
    const storage = TestBed.inject(BrowserStorage);
    if (chosen) storage.write('language', chosen);
    expect(firstLanguage(storage, understood)).toBe(expected);
  });

  it('changes what is shown, the page’s own language, and is kept', async () => {
    const fixture = TestBed.createComponent(Page);
    await fixture.whenStable();
    const words = () => (fixture.nativeElement as HTMLElement).textContent;
    expect([words(), document.documentElement.lang]).toEqual(['Conversations', 'en']);
    await language().use('de');
    await fixture.whenStable();
    expect([words(), document.documentElement.lang]).toEqual(['Gespräche', 'de']);
    expect(firstLanguage(TestBed.inject(BrowserStorage), ['en'])).toBe('de');
  });

  it('changes values computed from it, titles, and problems that are shown', async () => {
    const routes = [{ path: '', title: titled('app.conversations'), component: Page }];
    TestBed.configureTestingModule({ providers: [provideRouter(routes), { provide: TitleStrategy, useExisting: PageTitle }] });
    const t = translate();
    const problem = new Problem('unreachable', 'No answer came.');
    const shown = TestBed.runInInjectionContext(() => computed(() => [t('app.today'), problem.words(t)]));
    await RouterTestingHarness.create('/');
    expect(shown()[0]).toBe('Today');
    await language().use('de');
    TestBed.tick();
    expect(shown()).toEqual(['Heute', 'Der Server ist nicht erreichbar. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.']);
    expect(TestBed.inject(Title).getTitle()).toBe('Gespräche · Dramatis');
  });

  it('takes numbers, plurals and dates with it', async () => {
    const t = translate();
    const at = new Date(2026, 10, 22, 14, 3).toISOString();
    const now = Date.parse(at) + 3 * 3_600_000;
    const said = () => [t('gallery.count', { total: 1 }), t('gallery.count', { total: 1_240 }), exactTime(t, at), relativeTime(t, at, now)];
    expect(said()).toEqual(['1 persona', '1,240 personas', '22 November 2026 at 14:03', '3 hours ago']);
    await language().use('de');
    expect(said()).toEqual(['1 Persona', '1.240 Personas', '22. November 2026 um 14:03', 'vor 3 Stunden']);
  });

  it('is the one chosen last', async () => {
    await Promise.all([language().use('de'), language().use('en')]);
    expect(language().current()).toBe('en');
  });

  it('waits for the texts of a page that is opened while it changes', async () => {
    const changing = language().use('de');
    await Promise.all([language().load('quotas'), changing]);
    expect(translate()('quotas.guests')).toBe('Gäste');
  });
});
