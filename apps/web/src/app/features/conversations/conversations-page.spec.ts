import { TestBed } from '@angular/core/testing';
import { Router, provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { ListedConversation } from '@dramatis/contracts/conversation';
import { Notifier } from '../../core/notifier';
import { buildConversation, buildPersona } from '../../../testing/builders';
import { eventually } from '../../../testing/eventually';
import { FakeApi, provideFakeApi, unreachable } from '../../../testing/fake-api';
import { ConversationsPage } from './conversations-page';

describe('ConversationsPage', () => {
  let api: FakeApi;
  let page: HTMLElement;
  let engine: ListedConversation;
  let music: ListedConversation;

  beforeEach(() => {
    api = new FakeApi();
    api.personasKept = [buildPersona({ imageUrl: '/portraits/ada-lovelace.svg' })];
    const today = new Date().toISOString();
    engine = buildConversation({ title: 'The engine', mode: 'debater', format: 'qa', updatedAt: today });
    music = buildConversation({ title: 'Music', turnCount: 1, updatedAt: today });
    api.conversationsKept = [engine, music];
    const routes = [{ path: 'conversations', component: ConversationsPage }];
    TestBed.configureTestingModule({ providers: [provideFakeApi(api), provideRouter(routes, withComponentInputBinding())] });
  });

  afterEach(() => page.remove());

  async function open(url = '/conversations'): Promise<void> {
    const harness = await RouterTestingHarness.create(url);
    page = harness.routeNativeElement as HTMLElement;
    document.body.append(page);
  }
  const titles = () => [...page.querySelectorAll('h3')].map((heading) => heading.textContent?.trim());
  const row = (title: string) => [...page.querySelectorAll('article')].find((article) => article.textContent?.includes(title)) as HTMLElement;
  const labelled = (label: string) => document.querySelector(`[aria-label="${label}"]`) as HTMLElement;
  const dialog = () => document.querySelector('mat-dialog-container');
  const inDialog = (text: string) => [...(dialog()?.querySelectorAll('button') ?? [])].find((button) => button.textContent?.trim() === text) as HTMLButtonElement;
  const field = () => page.querySelector('input[name=title]') as HTMLInputElement;
  const notice = () => TestBed.inject(Notifier).notice()?.text;
  const key = (name: string) => field().dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));

  async function opened(): Promise<void> {
    await open();
    await eventually(() => expect(titles()).toEqual(['The engine', 'Music']));
  }

  async function rename(title: string, to: string): Promise<void> {
    labelled(`Rename “${title}”`).click();
    await eventually(() => expect(document.activeElement).toBe(field()));
    field().value = to;
  }

  it('lists them with persona, mode, format and time', async () => {
    await opened();
    expect(page.querySelector('section h2')?.textContent).toBe('Today');
    expect(row('The engine').textContent).toMatch(/Ada Lovelace\s+as a debater, in questions and answers/);
    expect(row('The engine').textContent).toContain('2 exchanges');
    expect(row('Music').textContent).toContain('1 exchange');
    expect(row('Music').querySelector('time')?.dateTime).toBe(music.updatedAt);
    expect(row('Music').querySelector('a')?.getAttribute('href')).toBe(`/conversations/${music.conversationId}`);
    await eventually(() => expect(row('Music').querySelector('img')?.getAttribute('src')).toBe('/portraits/ada-lovelace.svg'));
    expect(page.querySelector('[role=status]')?.textContent).toBe('2 conversations');
  });

  it('asks for a persona once, and shows initials when it is gone', async () => {
    api.personasKept = [];
    await opened();
    await eventually(() => expect(row('Music').textContent).toContain('AL'));
    expect(api.requests.filter((request) => request.startsWith('persona '))).toHaveLength(1);
  });

  it('invites to the gallery when there are none', async () => {
    api.conversationsKept = [];
    await open();
    await eventually(() => expect(page.textContent).toContain('Nobody has spoken yet'));
    expect(page.querySelector('dr-stage-direction a')?.getAttribute('href')).toBe('/');
  });

  it('says what is wrong when they cannot be read, and reads them again on request', async () => {
    api.failWith(unreachable);
    await open();
    await eventually(() => expect(page.querySelector('[role=alert]')?.textContent).toContain(unreachable.message));
    api.comeBack();
    page.querySelector('button')?.click();
    await eventually(() => expect(titles()).toHaveLength(2));
  });

  it('shows older ones on request', async () => {
    api.conversationsKept = Array.from({ length: 40 }, () => buildConversation());
    await open();
    await eventually(() => expect(titles()).toHaveLength(30));
    [...page.querySelectorAll('button')].find((button) => button.textContent?.includes('older'))?.click();
    await eventually(() => expect(titles()).toHaveLength(40));
  });

  it('shows that a reply is being written, until it is', async () => {
    api.conversationsKept = [{ ...engine, runningTurnId: crypto.randomUUID() }, music];
    await opened();
    expect(row('The engine').textContent).toContain('Writing a reply');
    api.conversationsKept = [engine, music];
    await eventually(() => expect(row('The engine').textContent).not.toContain('Writing a reply'), 8_000);
  }, 15_000);

  describe('finding', () => {
    const type = (text: string) => {
      const search = page.querySelector<HTMLInputElement>('input[type=search]')!;
      search.value = text;
      search.dispatchEvent(new Event('input'));
    };
    const choose = (name: string, value: string) => {
      const select = page.querySelector<HTMLSelectElement>(`select[name=${name}]`)!;
      select.value = value;
      select.dispatchEvent(new Event('change'));
    };

    it('searches as one types, shows where it was said, and keeps the search in the address', async () => {
      api.conversationsKept = [{ ...engine, excerpt: '…it weaves algebraic patterns' }, music];
      await opened();
      type('Algebraic');
      await eventually(() => expect(titles()).toEqual(['The engine']));
      expect(page.querySelector('.excerpt mark')?.textContent).toBe('algebraic');
      expect(page.querySelector('[role=status]')?.textContent).toBe('1 conversation for “Algebraic”');
      expect(TestBed.inject(Router).url).toBe('/conversations?search=Algebraic');
      type('nothing of the kind');
      await eventually(() => expect(page.textContent).toContain('Nothing of the kind was said.'));
      [...page.querySelectorAll('button')].find((button) => button.textContent?.trim() === 'Show all')!.click();
      await eventually(() => expect(titles()).toEqual(['The engine', 'Music']));
      expect(TestBed.inject(Router).url).toBe('/conversations');
    });

    it('goes on until everything is searched', async () => {
      await opened();
      api.unsearched = 5;
      type('engine');
      await eventually(() => expect(api.requests.filter((request) => request.includes('"search":"engine"'))).toHaveLength(2));
      await eventually(() => expect(page.querySelector('[role=status]')?.textContent).toBe('1 conversation for “engine”'));
    });

    it('shows those with one persona, or by title', async () => {
      api.conversationsKept = [engine, music, buildConversation({ title: 'On duty', personaId: 'marcus-aurelius', personaName: 'Marcus Aurelius' })];
      await open();
      await eventually(() => expect(titles()).toHaveLength(3));
      choose('persona', 'marcus-aurelius');
      await eventually(() => expect(titles()).toEqual(['On duty']));
      choose('persona', '');
      await eventually(() => expect(titles()).toHaveLength(3));
      choose('sort', 'title');
      await eventually(() => expect(titles()).toEqual(['Music', 'On duty', 'The engine']));
      expect(page.querySelector('section h2')?.textContent).toBe('By title');
    });

    it('opens what an address asks for', async () => {
      api.conversationsKept = [engine, { ...music, archived: true }];
      await open('/conversations?show=archived&search=music');
      await eventually(() => expect(titles()).toEqual(['Music']));
      expect(page.querySelector<HTMLInputElement>('input[type=search]')?.value).toBe('music');
    });
  });

  describe('keeping in order', () => {
    it('pins to the top, and lets go again', async () => {
      await opened();
      labelled('Pin “Music”').click();
      await eventually(() => expect(titles()).toEqual(['Music', 'The engine']));
      expect(page.querySelector('section h2')?.textContent).toBe('Pinned');
      expect(labelled('Pin “Music”').getAttribute('aria-pressed')).toBe('true');
      labelled('Pin “Music”').click();
      await eventually(() => expect(page.querySelectorAll('section')).toHaveLength(1));
      await eventually(() => expect(api.conversationsKept.every(({ pinned }) => !pinned)).toBe(true));
    });

    it('archives, and takes that back at once', async () => {
      await opened();
      labelled('Archive “The engine”').click();
      await eventually(() => expect(titles()).toEqual(['Music']));
      await eventually(() => expect(document.activeElement?.textContent?.trim()).toBe('Music'));
      expect(TestBed.inject(Notifier).notice()).toMatchObject({ text: 'The conversation is in the archive.', action: { label: 'Undo' } });
      TestBed.inject(Notifier).act();
      await eventually(() => expect(titles()).toEqual(['The engine', 'Music']));
    });

    it('shows the archive, and brings back from it', async () => {
      api.conversationsKept = [{ ...engine, archived: true }, music];
      await open();
      await eventually(() => expect(titles()).toEqual(['Music']));
      [...page.querySelectorAll('button')].find((button) => button.textContent?.trim() === 'Archive')!.click();
      await eventually(() => expect(titles()).toEqual(['The engine']));
      labelled('Take back “The engine”').click();
      await eventually(() => expect(page.textContent).toContain('The archive is empty.'));
      expect(api.conversationsKept.some(({ archived }) => archived)).toBe(false);
    });

    it('leaves it where it is, and says so, when the server does not move it', async () => {
      await opened();
      api.failWith(unreachable);
      labelled('Archive “Music”').click();
      await eventually(() => expect(notice()).toContain('The conversation stays where it is.'));
      labelled('Pin “Music”').click();
      await eventually(() => expect(labelled('Pin “Music”').getAttribute('aria-pressed')).toBe('false'));
      expect(titles()).toEqual(['The engine', 'Music']);
    });
  });

  describe('renaming', () => {
    it('takes a new title by Enter, and gives the focus back', async () => {
      await opened();
      await rename('Music', '  Weaving   music ');
      page.querySelector('article form')?.dispatchEvent(new Event('submit', { cancelable: true }));
      await eventually(() => expect(titles()).toEqual(['The engine', 'Weaving music']));
      await eventually(() => expect(api.conversationsKept[1]?.title).toBe('Weaving music'));
      await eventually(() => expect(document.activeElement).toBe(labelled('Rename “Weaving music”')));
    });

    it('takes it when the field is left', async () => {
      await opened();
      await rename('Music', 'Weaving');
      field().dispatchEvent(new Event('blur'));
      await eventually(() => expect(titles()).toEqual(['The engine', 'Weaving']));
    });

    it('keeps the old title on Escape, and for an empty or unchanged one', async () => {
      await opened();
      await rename('Music', 'Weaving');
      key('Escape');
      await eventually(() => expect(titles()).toEqual(['The engine', 'Music']));
      for (const text of ['   ', 'Music']) {
        await rename('Music', text);
        field().dispatchEvent(new Event('blur'));
        await eventually(() => expect(titles()).toEqual(['The engine', 'Music']));
      }
      expect(api.requests.some((request) => request.startsWith('updateConversation'))).toBe(false);
    });

    it('goes back to the old title, and says so, when the server does not take the new one', async () => {
      await opened();
      await rename('Music', 'Weaving');
      api.failWith(unreachable);
      field().dispatchEvent(new Event('blur'));
      await eventually(() => expect(notice()).toContain('The old title stands.'));
      expect(titles()).toEqual(['The engine', 'Music']);
    });
  });

  describe('deleting', () => {
    it('asks first, and keeps the conversation when told to', async () => {
      await opened();
      labelled('Delete “Music”').click();
      await eventually(() => expect(dialog()?.textContent).toMatch(/“Music”, with Ada Lovelace, will be gone for good, with its one exchange\./));
      inDialog('Keep it').click();
      await eventually(() => expect(dialog()).toBeNull());
      expect(titles()).toHaveLength(2);
      expect(api.conversationsKept).toHaveLength(2);
    });

    it('deletes it, says so, and puts the focus on the next one', async () => {
      await opened();
      labelled('Delete “The engine”').click();
      await eventually(() => expect(inDialog('Delete')).toBeDefined());
      inDialog('Delete').click();
      await eventually(() => expect(titles()).toEqual(['Music']));
      expect(api.conversationsKept).toEqual([music]);
      expect(notice()).toBe('The conversation is deleted.');
      await eventually(() => expect(document.activeElement?.textContent?.trim()).toBe('Music'));
    });

    it('stops the reply that is being written first', async () => {
      const runningTurnId = crypto.randomUUID();
      api.conversationsKept = [{ ...engine, runningTurnId }, music];
      await opened();
      labelled('Delete “The engine”').click();
      await eventually(() => expect(dialog()?.textContent).toContain('The reply that is being written stops.'));
      inDialog('Delete').click();
      await eventually(() => expect(titles()).toEqual(['Music']));
      expect(api.requests).toContain(`cancelTurn "${runningTurnId}"`);
    });

    it('leaves it, and says so, when the server does not delete it', async () => {
      await opened();
      labelled('Delete “Music”').click();
      await eventually(() => expect(inDialog('Delete')).toBeDefined());
      api.failWith(unreachable);
      inDialog('Delete').click();
      await eventually(() => expect(notice()).toContain('The conversation was not deleted.'));
      expect(titles()).toHaveLength(2);
    });

    it('invites to the gallery after the last one', async () => {
      api.conversationsKept = [music];
      await open();
      await eventually(() => expect(titles()).toEqual(['Music']));
      labelled('Delete “Music”').click();
      await eventually(() => expect(inDialog('Delete')).toBeDefined());
      inDialog('Delete').click();
      await eventually(() => expect(page.textContent).toContain('Nobody has spoken yet'));
    });
  });
});
