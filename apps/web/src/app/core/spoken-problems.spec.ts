import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { ProblemDocument } from '@dramatis/contracts/errors';
import { Language } from '../../i18n/language';
import { provideTexts } from '../../i18n/provide-texts';
import { asProblem } from './problem';
import { settle } from './settle';
import { spokenProblems } from './spoken-problems';

const refusal: ProblemDocument = {
  ...{ type: 't', title: 't', status: 422, code: 'image_too_large', detail: 'The picture has more than 40 million pixels; make it smaller.' },
  wording: { key: 'problems.image_too_large', params: { megapixels: 40 } },
};

/** The words of a request that the server refused with this, as the page says them when it learns of it. */
async function wordsOf(document: ProblemDocument, chosen: 'en' | 'de'): Promise<string> {
  // Without the texts that other specs begin with: a page has none of these sentences yet.
  TestBed.configureTestingModule({ providers: [provideTexts(), provideHttpClient(withInterceptors([spokenProblems])), provideHttpClientTesting()] });
  const language = TestBed.inject(Language);
  await language.use(chosen);
  const request = settle(TestBed.inject(HttpClient).post('/api/x', {}));
  TestBed.inject(HttpTestingController).expectOne('/api/x').flush(document, { status: document.status, statusText: 'x' });
  const error = await request.then(() => null, asProblem);
  return error!.words(language.translate);
}

describe('a problem', () => {
  it('is known to the page once it can be said in its language', async () => {
    expect(await wordsOf(refusal, 'de')).toBe('Das Bild hat mehr als 40 Millionen Pixel; verkleinern Sie es.');
  });

  it('is said as the server says it in English', async () => {
    expect(await wordsOf(refusal, 'en')).toBe(refusal.detail);
  });

  it.each([
    ['a sentence that the page does not know', { ...refusal, wording: { key: 'problems.image_too_large.moon', params: {} } }],
    ['a sentence of a scope that there is not', { ...refusal, wording: { key: 'moon.x', params: {} } }],
    ['a value that is missing', { ...refusal, wording: { key: 'problems.image_too_large', params: {} } }],
    ['no sentence, as from a server of before', { ...refusal, wording: undefined }],
  ])('is said in English with %s', async (_, document) => {
    expect(await wordsOf(document, 'de')).toBe(refusal.detail);
  });

  it('names the fields that are wrong, and says waiting times as people do', async () => {
    const issues = [
      { path: 'name', message: 'may have at most 80 characters', wording: { key: 'fields.too_long', params: { maximum: 80 } } },
      { path: 'tags', message: 'may have at most 1 entries', wording: { key: 'fields.too_many', params: { maximum: 1 } } },
    ];
    const document: ProblemDocument = { ...refusal, status: 400, code: 'invalid_request', detail: 'The body is not valid; see issues.', wording: { key: 'problems.invalid_request.body', params: {} }, issues };
    expect(await wordsOf(document, 'de')).toBe('Nicht alles kann so übernommen werden. name: darf höchstens 80 Zeichen haben; tags: darf höchstens einen Eintrag haben.');
    const full = { ...refusal, code: 'moved', wording: { key: 'problems.rate_limited.sign_in', params: { waiting: 290 } } };
    TestBed.resetTestingModule();
    expect(await wordsOf(full, 'de')).toBe('Es gab zu viele Versuche, sich anzumelden; warten Sie 5 Minuten, und versuchen Sie es dann noch einmal.');
  });
});
