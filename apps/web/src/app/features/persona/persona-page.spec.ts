import { Location } from '@angular/common';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Title } from '@angular/platform-browser';
import { Router, provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { Problem } from '../../core/problem';
import { PersonaShelf } from '../../shared/personas';
import { buildPersona } from '../../../testing/builders';
import { eventually } from '../../../testing/eventually';
import { FakeApi, provideFakeApi, unreachable } from '../../../testing/fake-api';
import { PersonaPage } from './persona-page';

@Component({ template: '' })
class OtherPage {}

describe('PersonaPage', () => {
  let api: FakeApi;
  let page: HTMLElement;

  beforeEach(() => {
    api = new FakeApi();
    api.personasKept = [buildPersona()];
    TestBed.configureTestingModule({
      providers: [
        provideFakeApi(api),
        provideRouter(
          [
            { path: 'personas/:personaId', component: PersonaPage },
            { path: 'conversations/:conversationId', component: OtherPage },
          ],
          withComponentInputBinding(),
        ),
      ],
    });
  });

  async function open(personaId = 'ada-lovelace'): Promise<RouterTestingHarness> {
    const harness = await RouterTestingHarness.create(`/personas/${personaId}`);
    page = harness.fixture.nativeElement as HTMLElement;
    return harness;
  }
  const heading = () => page.querySelector('h1')?.textContent;
  const button = (text: string) => [...page.querySelectorAll('button')].find((candidate) => candidate.textContent?.includes(text)) as HTMLButtonElement;
  const radio = (value: string) => page.querySelector(`input[value=${value}]`) as HTMLInputElement;
  const checked = () => [...page.querySelectorAll('input')].filter((input) => input.checked).map(({ value }) => value);
  const url = () => TestBed.inject(Router).url;

  it('shows who the persona is and what it knows, and names the page after it', async () => {
    api.hold();
    await open();
    expect(page.querySelector('dr-persona-skeleton')).not.toBeNull();
    api.release();
    await eventually(() => expect(heading()).toBe('Ada Lovelace'));
    expect(page.textContent).toContain('mathematician, 1815–1852');
    expect(page.textContent).toContain('15 documents, 1,200 passages, last changed');
    expect(page.querySelector('time')?.dateTime).toBe('2026-01-02T10:00:00.000Z');
    expect(page.querySelector('time')?.title).toContain('2 January 2026');
    expect(TestBed.inject(Title).getTitle()).toBe('Ada Lovelace · Dramatis');
  });

  it('says what its corpus is about, and suggests questions where its author wrote none', async () => {
    api.personasKept = [buildPersona({ starterQuestions: [] })];
    api.knowledgeKept = [
      {
        personaId: 'ada-lovelace',
        version: 3,
        documents: 15,
        passages: 1_200,
        words: 40_000,
        topics: [{ label: 'Analytical Engine, cards', terms: ['Analytical Engine', 'cards'], documents: 4 }],
        entities: [{ name: 'Charles Babbage', type: 'person', mentions: 40 }],
        summary: ['The Engine weaves algebraic patterns.'],
        summarisedBy: null,
        starterQuestions: ['What did you think of Charles Babbage?'],
        computedAt: '2026-01-02T10:00:00.000Z',
      },
    ];
    await open();
    await eventually(() => expect(page.textContent).toContain('Analytical Engine, cards'));
    expect(page.querySelector('blockquote')?.textContent).toBe('The Engine weaves algebraic patterns.');
    expect(page.querySelector('[title="4 documents: Analytical Engine, cards"]')).not.toBeNull();
    expect(button('What did you think of Charles Babbage?')).toBeDefined();
    expect(page.textContent).not.toContain('A language model’s summary');
  });

  it('quotes nobody where a language model has written what its corpus is about', async () => {
    const counts = { documents: 15, passages: 1_200, words: 40_000, topics: [], entities: [], starterQuestions: [] };
    api.knowledgeKept = [{ ...counts, personaId: 'ada-lovelace', version: 3, summary: ['She wrote of an engine.'], summarisedBy: 'anthropic/a', computedAt: '2026-01-02T10:00:00.000Z' }];
    await open();
    await eventually(() => expect(page.textContent).toContain('She wrote of an engine.'));
    expect(page.textContent).toContain('A language model’s summary of the sources.');
    expect(page.querySelector('blockquote')).toBeNull();
  });

  it('is whole without what its corpus is about', async () => {
    await open();
    await eventually(() => expect(heading()).toBe('Ada Lovelace'));
    expect(page.querySelector('blockquote')).toBeNull();
    expect(page.textContent).not.toContain('Speaks most of');
  });

  it('opens at once with what another page has read', async () => {
    TestBed.inject(PersonaShelf).keep([buildPersona({ tagline: 'As read before.' })]);
    api.hold();
    await open();
    expect(heading()).toBe('Ada Lovelace');
    expect(page.textContent).toContain('As read before.');
    api.release();
    await eventually(() => expect(page.textContent).toContain('She weaves with numbers.'));
  });

  it('begins as the persona is by default, in free conversation', async () => {
    await open();
    await eventually(() => expect(checked()).toEqual(['educator', 'free']));
    button('Begin a conversation').click();
    await eventually(() => expect(url()).toMatch(/^\/conversations\//));
    expect(api.requests).toContain('createConversation {"personaId":"ada-lovelace","mode":"educator","format":"free"}');
    expect(TestBed.inject(Location).getState()).not.toHaveProperty('ask');
  });

  it('begins with the chosen mode, format and question', async () => {
    await open();
    await eventually(() => expect(checked()).toHaveLength(2));
    radio('debater').click();
    radio('bullet_points').click();
    await eventually(() => expect(page.textContent).toContain('Takes a side'));
    button('How does it compose music?').click();
    await eventually(() => expect(url()).toMatch(/^\/conversations\//));
    expect(api.requests).toContain('createConversation {"personaId":"ada-lovelace","mode":"debater","format":"bullet_points"}');
    expect(TestBed.inject(Location).getState()).toMatchObject({ ask: 'How does it compose music?' });
  });

  it('takes the first format of a persona that does not converse freely', async () => {
    api.personasKept = [buildPersona({ supportedResponseFormats: ['qa', 'essay'] })];
    await open();
    await eventually(() => expect(checked()).toEqual(['educator', 'qa']));
  });

  it('begins one conversation however often one clicks', async () => {
    await open();
    await eventually(() => expect(heading()).toBe('Ada Lovelace'));
    api.hold();
    const begin = button('Begin a conversation');
    begin.click();
    begin.click();
    button('What is the engine?').click();
    api.release();
    await eventually(() => expect(url()).toMatch(/^\/conversations\//));
    expect(api.conversationsKept).toHaveLength(1);
  });

  it('stays, and says why, when the conversation cannot begin', async () => {
    await open();
    await eventually(() => expect(heading()).toBe('Ada Lovelace'));
    api.failWith(unreachable);
    button('Begin a conversation').click();
    await eventually(() => expect(page.querySelector('[role=alert]')?.textContent).toContain(unreachable.message));
    expect(button('Begin a conversation').disabled).toBe(false);
  });

  it('shows one example after another, and begins again', async () => {
    await open();
    await eventually(() => expect(page.querySelector('.script')?.textContent).toContain('Can a machine think?'));
    button('Another exchange').click();
    await eventually(() => expect(page.querySelector('.script')?.textContent).toContain('Because they are troublesome.'));
    button('Another exchange').click();
    await eventually(() => expect(page.querySelector('.script')?.textContent).toContain('Can a machine think?'));
  });

  it('says when nothing is published for it to read', async () => {
    api.personasKept = [buildPersona({ corpus: { corpusVersion: 0, documents: 0, passages: 0, updatedAt: null } })];
    await open();
    await eventually(() => expect(page.textContent).toContain('answers stand on no source'));
  });

  it('offers no conversation with an archived persona', async () => {
    api.personasKept = [buildPersona({ status: 'archived' })];
    await open();
    await eventually(() => expect(page.textContent).toContain('no longer on stage'));
    expect(button('Begin a conversation')).toBeUndefined();
    expect(button('What is the engine?')).toBeUndefined();
  });

  it('says that there is no such persona, even when one was known before', async () => {
    TestBed.inject(PersonaShelf).keep([buildPersona()]);
    api.personasKept = [];
    await open();
    await eventually(() => expect(heading()).toBe('No such persona'));
  });

  it('says what is wrong when it cannot be read, and reads it again on request', async () => {
    api.failWith(new Problem('database_unavailable', 'The database cannot be reached.', 503));
    await open();
    await eventually(() => expect(page.querySelector('[role=alert]')?.textContent).toContain('The database cannot be reached at the moment.'));
    api.comeBack();
    button('Try again').click();
    await eventually(() => expect(heading()).toBe('Ada Lovelace'));
  });

  it('changes with the address', async () => {
    api.personasKept.push(buildPersona({ personaId: 'marcus-aurelius', name: 'Marcus Aurelius', defaultInteractionModes: ['audience'] }));
    const harness = await open();
    await eventually(() => expect(heading()).toBe('Ada Lovelace'));
    await harness.navigateByUrl('/personas/marcus-aurelius');
    await eventually(() => expect(heading()).toBe('Marcus Aurelius'));
    expect(checked()).toEqual(['audience', 'free']);
  });
});
