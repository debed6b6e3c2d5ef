import { Location } from '@angular/common';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { buildPersona } from '../../../testing/builders';
import { eventually } from '../../../testing/eventually';
import { FakeApi, provideFakeApi, unreachable } from '../../../testing/fake-api';
import { Shortcuts } from '../../core/shortcuts';
import { GalleryPage } from './gallery-page';

@Component({ template: '' })
class OtherPage {}

describe('GalleryPage', () => {
  let api: FakeApi;
  let page: HTMLElement;

  beforeEach(() => {
    api = new FakeApi();
    api.personasKept = [
      buildPersona(),
      buildPersona({
        personaId: 'marcus-aurelius',
        name: 'Marcus Aurelius',
        description: 'He ruled.',
        tagline: 'He examined himself.',
        knowledgeDomains: ['Stoic philosophy'],
        starterQuestions: ['What is in our power?'],
      }),
    ];
    TestBed.configureTestingModule({
      providers: [
        provideFakeApi(api),
        provideRouter(
          [
            { path: '', component: GalleryPage },
            { path: 'conversations/:conversationId', component: OtherPage },
            { path: 'elsewhere', component: OtherPage },
          ],
          withComponentInputBinding(),
        ),
      ],
    });
  });

  async function open(url = '/'): Promise<void> {
    TestBed.inject(Router).setUpLocationChangeListener();
    const harness = await RouterTestingHarness.create(url);
    page = harness.fixture.nativeElement as HTMLElement;
  }
  const names = () => [...page.querySelectorAll('h3')].map((heading) => heading.textContent?.trim());
  const status = () => page.querySelector('[role=status]')?.textContent;
  const field = () => page.querySelector('input') as HTMLInputElement;
  const choice = (name: string) => page.querySelector(`select[name=${name}]`) as HTMLSelectElement;
  const domainField = () => choice('domain');
  const button = (text: string) => [...page.querySelectorAll('button')].find((candidate) => candidate.textContent?.includes(text)) as HTMLButtonElement;
  const url = () => TestBed.inject(Router).url;
  function type(text: string): void {
    field().value = text;
    field().dispatchEvent(new Event('input'));
  }
  const searches = () => api.requests.filter((request) => request.includes('search'));

  it('shows the shape of the cast, then the cast, and tells how many', async () => {
    api.hold();
    await open();
    expect(page.querySelector('dr-cast-skeleton')).not.toBeNull();
    api.release();
    await eventually(() => expect(names()).toEqual(['Ada Lovelace', 'Marcus Aurelius']));
    expect(page.querySelector('dr-cast-skeleton')).toBeNull();
    expect(status()).toBe('2 personas');
  });

  it('begins from the query of the address, knowing every domain all the same', async () => {
    await open('/?search=ruled&domain=stoic%20philosophy');
    await eventually(() => expect(names()).toEqual(['Marcus Aurelius']));
    expect(field().value).toBe('ruled');
    await eventually(() => expect([...domainField().options].map(({ value }) => value)).toEqual(['', 'the Analytical Engine', 'mathematics', 'Stoic philosophy']));
    expect(domainField().value).toBe('Stoic philosophy');
  });

  it('searches once for a word typed letter by letter, and keeps what is typed meanwhile', async () => {
    await open();
    await eventually(() => expect(names()).toHaveLength(2));
    for (const text of ['m', 'ma', 'mar', 'marc ']) type(text);
    await eventually(() => expect(names()).toEqual(['Marcus Aurelius']));
    expect(searches()).toEqual(['personas {"search":"marc","offset":0,"limit":24}']);
    expect(url()).toBe('/?search=marc');
    expect(field().value).toBe('marc ');
    expect(status()).toBe('1 persona for “marc”');
  });

  it('goes back to everyone, and forward to the search, by the browser’s buttons', async () => {
    await open();
    await eventually(() => expect(names()).toHaveLength(2));
    type('marcus');
    await eventually(() => expect(url()).toBe('/?search=marcus'));
    type('marcus a');
    await eventually(() => expect(url()).toBe('/?search=marcus%20a'));

    TestBed.inject(Location).back();
    await eventually(() => expect(url()).toBe('/'));
    await eventually(() => expect(names()).toHaveLength(2));
    expect(field().value).toBe('');

    TestBed.inject(Location).forward();
    await eventually(() => expect(field().value).toBe('marcus a'));
    await eventually(() => expect(names()).toEqual(['Marcus Aurelius']));
  });

  it('filters by a domain, from the choice and from the tags of an entry, and takes it back', async () => {
    await open();
    await eventually(() => expect(domainField().options).toHaveLength(4));
    domainField().value = 'mathematics';
    domainField().dispatchEvent(new Event('change'));
    await eventually(() => expect(names()).toEqual(['Ada Lovelace']));
    expect(url()).toBe('/?domain=mathematics');

    button('mathematics').click();
    await eventually(() => expect(url()).toBe('/'));
    await eventually(() => button('Stoic philosophy').click());
    await eventually(() => expect(names()).toEqual(['Marcus Aurelius']));
  });

  it('filters by mode and format, among those that somebody offers, and begins in them', async () => {
    api.personasKept[1] = { ...api.personasKept[1]!, defaultInteractionModes: ['debater', 'custom.advocate', 'custom.archived'], supportedResponseFormats: ['qa', 'free'] };
    await open();
    await eventually(() => expect([...choice('mode').options].map(({ text }) => text)).toEqual(['any', 'Educator', 'Debater', 'Devil’s advocate']));
    expect([...choice('format').options].map(({ value }) => value)).toEqual(['', 'bullet_points', 'qa', 'free']);
    choice('format').value = 'qa';
    choice('format').dispatchEvent(new Event('change'));
    await eventually(() => expect(names()).toEqual(['Marcus Aurelius']));
    choice('mode').value = 'custom.advocate';
    choice('mode').dispatchEvent(new Event('change'));
    await eventually(() => expect(url()).toBe('/?format=qa&mode=custom.advocate'));
    await eventually(() => expect(status()).toBe('1 persona as a devil’s advocate in questions and answers'));
    button('What is in our power?').click();
    await eventually(() => expect(api.requests).toContain('createConversation {"personaId":"marcus-aurelius","mode":"custom.advocate","format":"qa"}'));
  });

  it('begins from a mode of the address that nobody offers, and from none that does not exist', async () => {
    await open('/?mode=lecturer&format=nonsense');
    await eventually(() => expect(status()).toBe('No persona as a lecturer'));
    expect(choice('mode').value).toBe('lecturer');
    button('Show everyone').click();
    await eventually(() => expect(names()).toHaveLength(2));
    expect(url()).toBe('/');
  });

  it('offers everyone when no one is found', async () => {
    await open('/?search=nobody%20at%20all');
    await eventually(() => expect(status()).toBe('No persona for “nobody at all”'));
    button('Show everyone').click();
    await eventually(() => expect(names()).toHaveLength(2));
    expect(field().value).toBe('');
  });

  it('says when the installation has no personas', async () => {
    api.personasKept = [];
    await open();
    await eventually(() => expect(page.textContent).toContain('no personas yet'));
  });

  it('says what is wrong when the cast cannot be read, and reads it again on request', async () => {
    api.failWith(unreachable);
    await open();
    await eventually(() => expect(page.querySelector('[role=alert]')?.textContent).toContain(unreachable.message));
    api.comeBack();
    button('Try again').click();
    await eventually(() => expect(names()).toHaveLength(2));
  });

  it('reads again by itself when the network is back', async () => {
    api.failWith(unreachable);
    await open();
    await eventually(() => expect(page.querySelector('[role=alert]')).not.toBeNull());
    window.dispatchEvent(new Event('offline'));
    TestBed.tick();
    api.comeBack();
    window.dispatchEvent(new Event('online'));
    await eventually(() => expect(names()).toHaveLength(2));
  });

  it('shows further personas on request', async () => {
    api.personasKept = Array.from({ length: 30 }, (_, index) => buildPersona({ personaId: `p${index}`, name: `Persona ${index}` }));
    await open();
    await eventually(() => expect(names()).toHaveLength(24));
    expect(status()).toBe('30 personas');
    button('Show more personas').click();
    await eventually(() => expect(names()).toHaveLength(30));
    expect(button('Show more personas')).toBeUndefined();
  });

  it('begins a conversation with the question of an entry', async () => {
    await open();
    await eventually(() => expect(names()).toHaveLength(2));
    button('What is in our power?').click();
    await eventually(() => expect(url()).toMatch(/^\/conversations\//));
    expect(api.requests).toContain('createConversation {"personaId":"marcus-aurelius"}');
    expect(TestBed.inject(Location).getState()).toMatchObject({ ask: 'What is in our power?' });
  });

  it('stays, and says why, when a conversation cannot begin', async () => {
    await open();
    await eventually(() => expect(names()).toHaveLength(2));
    api.failWith(unreachable);
    button('What is the engine?').click();
    await eventually(() => expect(page.querySelector('dr-cast-entry [role=alert]')?.textContent).toBe(unreachable.message));
    expect(url()).toBe('/');
    expect(button('What is the engine?').disabled).toBe(false);
  });

  it('goes to the search on "/", unless one is typing', async () => {
    await open();
    await eventually(() => expect(names()).toHaveLength(2));
    document.body.append(page);
    const press = (target: EventTarget) => {
      const event = new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true });
      target.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(press(field())).toBe(false);
    expect(press(document.body)).toBe(true);
    expect(document.activeElement).toBe(field());
    field().blur();
    // Whoever is bothered by single keys has switched them off, and the help sheet tells of them all.
    const shortcuts = TestBed.inject(Shortcuts);
    expect(shortcuts.all().map(({ key }) => key)).toContain('/');
    shortcuts.setEnabled(false);
    expect(press(document.body)).toBe(false);
    shortcuts.setEnabled(true);
  });

  it('leads nobody away who went elsewhere while the conversation was being made', async () => {
    await open();
    await eventually(() => expect(names()).toHaveLength(2));
    api.hold();
    button('What is the engine?').click();
    await TestBed.inject(Router).navigateByUrl('/elsewhere');
    api.release();
    await eventually(() => expect(api.conversationsKept).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve));
    expect(url()).toBe('/elsewhere');
  });
});
