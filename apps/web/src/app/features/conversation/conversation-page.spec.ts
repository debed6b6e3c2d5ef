import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { MatMenuHarness } from '@angular/material/menu/testing';
import { provideRouter } from '@angular/router';
import type { TurnOnBranch } from '@dramatis/contracts/conversation';
import type { TurnEventBody } from '@dramatis/contracts/turn-event';
import { buildPersona } from '../../../testing/builders';
import { eventually } from '../../../testing/eventually';
import { FakeConversationApi } from '../../../testing/fake-conversation-api';
import { FakeTurnTransport } from '../../../testing/fake-turn-transport';
import { buildCitation, buildProvenance, buildTurn, deltas, eventsFrom } from '../../../testing/turn-events';
import { ApiClient } from '../../core/api-client';
import { Notifier } from '../../core/notifier';
import { Problem } from '../../core/problem';
import { TURN_EVENT_TRANSPORTS } from '../../core/turns/turn-events-port';
import { ConversationPage } from './conversation-page';

const opening: TurnEventBody[] = [
  { type: 'accepted' },
  { type: 'retrieved', grounded: true, citations: [buildCitation(1), buildCitation(2)] },
  { type: 'attempt', attempt: 1, provider: 'built-in', model: 'extractive-1', builtIn: true },
];

describe('ConversationPage', () => {
  let api: FakeConversationApi;
  let transport: FakeTurnTransport;
  let fixture: ComponentFixture<ConversationPage>;
  let page: HTMLElement;

  beforeEach(() => {
    localStorage.clear();
    window.scrollTo = () => undefined;
    api = new FakeConversationApi();
    transport = new FakeTurnTransport();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([{ path: 'conversations/:conversationId', children: [] }]),
        { provide: ApiClient, useValue: api },
        { provide: TURN_EVENT_TRANSPORTS, useValue: [transport] },
      ],
    });
  });

  async function open(): Promise<void> {
    fixture = TestBed.createComponent(ConversationPage);
    fixture.componentRef.setInput('conversationId', api.conversationKept.conversationId);
    page = fixture.nativeElement as HTMLElement;
    await eventually(() => expect(field()).not.toBeNull());
  }

  const field = (): HTMLTextAreaElement => page.querySelector('textarea')!;
  const button = (name: string): HTMLButtonElement => {
    const found = [...page.querySelectorAll('button')].find((candidate) => (candidate.getAttribute('aria-label') ?? candidate.textContent).trim() === name);
    if (!found) throw new Error(`there is no button ${name}`);
    return found;
  };
  const reply = (): HTMLElement => page.querySelector('dr-reply')!;

  function type(text: string): void {
    field().value = text;
    field().dispatchEvent(new Event('input'));
    TestBed.tick();
  }

  function press(key: string, modifiers: KeyboardEventInit = {}): void {
    field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers }));
    TestBed.tick();
  }

  async function ask(text: string): Promise<void> {
    type(text);
    press('Enter');
    await eventually(() => expect(transport.current).toBeDefined());
  }

  function streams(...bodies: TurnEventBody[]): void {
    transport.sends(...eventsFrom(1, [...opening, ...bodies], transport.current.turnId));
    TestBed.tick();
  }

  it('tells that it answers from a version to which it is pinned', async () => {
    api.conversationKept = { ...api.conversationKept, corpusVersion: 4 };
    await open();
    expect(page.querySelector('header')?.textContent).toContain('Answers from version 4 of the sources');
  });

  it('shows the message at once, the reply as it comes, and its end', async () => {
    await open();
    type('What is the engine?');
    press('Enter');
    expect(page.querySelector('.message')?.textContent).toBe('What is the engine?');
    expect(field().value).toBe('');
    await eventually(() => expect(transport.current).toBeDefined());
    streams(...deltas('Two things.\n\n- It ', 'weaves [1].\n- It '));
    expect([...reply().querySelectorAll('li')].map((item) => item.textContent)).toEqual(['It weaves1.', 'It']);
    expect(button('Stop the reply').disabled).toBe(false);

    const turn = api.end(transport.current.turnId, {
      status: 'completed',
      replyText: 'Two things.\n\n- It weaves [1].\n- It counts [2].',
      citations: [buildCitation(1), buildCitation(2)],
      provenance: buildProvenance(),
    });
    transport.sends(...eventsFrom(6, [{ type: 'completed', turn }], turn.turnId));
    TestBed.tick();
    expect(reply().querySelectorAll('li')).toHaveLength(2);
    expect(page.querySelector('.made')?.textContent).toContain('Built-in model · 2 passages');
    expect(button('Send')).toBeDefined();
  });

  it('keeps the elements of finished items while the next one grows', async () => {
    await open();
    await ask('What is the engine?');
    streams(...deltas('- first item\n- second'));
    const first = reply().querySelector('li');
    transport.sends(...eventsFrom(5, deltas(' item grows\n- third'), transport.current.turnId));
    TestBed.tick();
    expect(reply().querySelectorAll('li')).toHaveLength(3);
    expect(reply().querySelector('li')).toBe(first);
  });

  it('says in plain words when an attempt broke off, and takes its text away', async () => {
    await open();
    await ask('What is the engine?');
    streams(...deltas('- half of'), { type: 'discard', attempt: 1, code: 'interrupted', reason: '' });
    expect(page.textContent).toContain('The first attempt broke off; beginning again.');
    expect(page.textContent).not.toContain('half of');
  });

  it('loses nothing when sending fails, and sends the same request again', async () => {
    await open();
    api.trouble = new Problem('unreachable', 'The server cannot be reached.');
    type('Are you there?');
    press('Enter');
    await eventually(() => expect(page.querySelector('[role=alert]')?.textContent).toContain('This was not sent.'));
    button('Send again').click();
    await eventually(() => expect(transport.current).toBeDefined());
    expect(new Set(api.requests).size).toBe(1);
    expect(api.requests).toHaveLength(2);
    expect(page.querySelector('[role=alert]')).toBeNull();
  });

  it('gets one turn when the server took the message but its answer was lost', async () => {
    await open();
    api.trouble = 'lostAnswer';
    type('Are you there?');
    press('Enter');
    await eventually(() => button('Send again').click());
    await eventually(() => expect(transport.current).toBeDefined());
    expect(api.turns).toHaveLength(1);
    expect(page.querySelectorAll('dr-exchange')).toHaveLength(1);
  });

  it('gives an unsent message back to the composer', async () => {
    await open();
    api.trouble = new Problem('too_many_requests', 'Wait a moment.', 429);
    type('Too soon');
    press('Enter');
    await eventually(() => button('Back to the composer').click());
    TestBed.tick();
    expect(field().value).toBe('Too soon');
    expect(page.querySelectorAll('dr-exchange')).toHaveLength(0);
  });

  it('offers a message again that a reload kept from being sent', async () => {
    const { conversationId } = api.conversationKept;
    localStorage.setItem(`dramatis.outgoing.${conversationId}`, JSON.stringify([{ requestId: '00000000-0000-4000-8000-00000000000f', text: 'Lost on the way' }]));
    await open();
    expect(page.textContent).toContain('Lost on the way');
    button('Send again').click();
    await eventually(() => expect(api.requests[0]).toBe('start 00000000-0000-4000-8000-00000000000f Lost on the way'));
    await eventually(() => expect(localStorage.getItem(`dramatis.outgoing.${conversationId}`)).toBeNull());
  });

  it('keeps every message that was not sent, and offers them again in their places', async () => {
    api.turns = [buildTurn({ userText: 'What is the engine?', status: 'completed', replyText: '- It weaves.', provenance: buildProvenance() })];
    await open();
    button('Edit message').click();
    TestBed.tick();
    const editor = page.querySelector<HTMLTextAreaElement>('dr-message-editor textarea')!;
    editor.value = 'What was the engine?';
    editor.dispatchEvent(new Event('input'));
    api.trouble = new Problem('unreachable', 'The server cannot be reached.');
    editor.closest('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
    await eventually(() => expect(page.querySelector('[role=alert]')?.textContent).toContain('This was not sent.'));
    api.trouble = new Problem('unreachable', 'The server cannot be reached.');
    type('And who made it?');
    press('Enter');
    await eventually(() => expect(page.querySelectorAll('dr-exchange [role=alert]')).toHaveLength(2));
    const asked = [...api.requests];

    fixture.destroy();
    await open();
    const messages = (): string[] => [...page.querySelectorAll('dr-exchange .message')].map(({ textContent }) => textContent);
    expect(messages()).toEqual(['What was the engine?', 'And who made it?']);
    button('Send again').click();
    await eventually(() => expect(api.requests).toHaveLength(asked.length + 1));
    expect(api.requests.at(-1)).toBe(asked[0]);
    expect(api.turns.at(-1)?.parentTurnId).toBe(api.turns[0]?.parentTurnId);
  });

  it('keeps what a message is being changed to, until that is given up', async () => {
    api.turns = [buildTurn({ userText: 'What is the engine?', status: 'completed', replyText: '- It weaves.', provenance: buildProvenance() })];
    const editor = (): HTMLTextAreaElement => page.querySelector<HTMLTextAreaElement>('dr-message-editor textarea')!;
    const edit = async (): Promise<void> => {
      await open();
      button('Edit message').click();
      TestBed.tick();
    };
    await edit();
    editor().value = 'What was it?';
    editor().dispatchEvent(new Event('input'));
    fixture.destroy();
    await edit();
    expect(editor().value).toBe('What was it?');
    editor().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    TestBed.tick();
    button('Edit message').click();
    TestBed.tick();
    expect(editor().value).toBe('What is the engine?');
  });

  it('keeps a draft per conversation', async () => {
    localStorage.setItem(`dramatis.draft.${api.conversationKept.conversationId}`, JSON.stringify('half a thought'));
    await open();
    await eventually(() => expect(field().value).toBe('half a thought'));
    type('half a thought, and more');
    await eventually(() => expect(localStorage.getItem(`dramatis.draft.${api.conversationKept.conversationId}`)).toBe('"half a thought, and more"'));
  });

  it('continues a reply that was under way when the page was opened', async () => {
    api.turns = [buildTurn({ conversationId: api.conversationKept.conversationId })];
    await open();
    await eventually(() => expect(transport.current.after).toBe(0));
    streams(...deltas('- so far'));
    expect(reply().textContent).toContain('so far');
  });

  it('starts a new line with Shift and Enter, and sends nothing that is empty or too long', async () => {
    await open();
    type('one');
    press('Enter', { shiftKey: true });
    type('   ');
    press('Enter');
    type('a'.repeat(8_001));
    press('Enter');
    expect(page.querySelector('#characters-left')?.textContent).toBe('1 character too many');
    expect(api.requests).toEqual([]);
  });

  it('stops the reply, and keeps what was written', async () => {
    await open();
    await ask('What is the engine?');
    streams(...deltas('- half of'));
    button('Stop the reply').click();
    await eventually(() => expect(api.requests).toContain(`cancel ${transport.current.turnId}`));
    const turn = api.end(transport.current.turnId, { status: 'cancelled', replyText: '- half of', provenance: buildProvenance() });
    transport.sends(...eventsFrom(5, [{ type: 'cancelled', turn }], turn.turnId));
    TestBed.tick();
    expect(page.textContent).toContain('(stopped)');
    expect(reply().textContent).toContain('half of');
  });

  it('stops a reply whose message is still on its way, as soon as it has arrived', async () => {
    await open();
    type('What is the engine?');
    press('Enter');
    TestBed.tick();
    button('Stop the reply').click();
    await eventually(() => expect(api.requests.at(-1)).toMatch(/^cancel /));
  });

  it('says why there is no reply, and asks again', async () => {
    api.turns = [buildTurn({ status: 'failed', failure: { code: 'overloaded', message: 'm' }, provenance: buildProvenance() })];
    await open();
    expect(page.querySelector('[role=alert]')?.textContent).toContain('The language model is overloaded');
    button('Ask again').click();
    await eventually(() => expect(api.requests).toEqual([`regenerate ${api.turns[0]?.turnId}`]));
  });

  describe('branches', () => {
    const id = (number: number) => `00000000-0000-4000-8000-0000000000${number}`;
    const said = (number: number, userText: string, overrides: Partial<TurnOnBranch> = {}) =>
      buildTurn({ turnId: id(number), requestId: id(number + 50), userText, status: 'completed', replyText: `- on ${userText}`, endedAt: '2026-01-01T10:00:01.000Z', ...overrides });
    const messages = () => [...page.querySelectorAll('.message')].map((message) => message.textContent);
    const menuItem = async (...names: string[]) => {
      for (const name of names) {
        await eventually(() => {
          const items = [...document.querySelectorAll<HTMLElement>('[mat-menu-item]')];
          const item = items.find((candidate) => candidate.textContent?.trim() === name);
          expect(item).toBeDefined();
          item!.click();
        });
      }
    };

    it('are turned between by the replies to one message, keeping the focus, and go on from the one shown', async () => {
      api.turns = [said(11, 'one'), said(12, 'one', { regenerationOf: id(11), replyText: '- the second' })];
      await open();
      expect(page.querySelectorAll('dr-exchange')).toHaveLength(1);
      expect(reply().textContent).toContain('the second');
      expect(page.querySelector('.switcher')?.textContent).toContain('2 of 2');
      const previous = button('Previous reply');
      previous.focus();
      previous.click();
      await eventually(() => expect(reply().textContent).toContain('on one'));
      expect(api.requests).toEqual([`move to ${id(11)}`]);
      expect(page.querySelector('.switcher')?.textContent).toContain('1 of 2');
      expect(button('Previous reply')).toBe(previous);
      expect(previous.getAttribute('aria-disabled')).toBe('true');

      await ask('Something else meanwhile');
      expect(api.turns.at(-1)).toMatchObject({ parentTurnId: id(11) });
    });

    it('begin where a message is edited; what followed it is gone from the page, not from the conversation', async () => {
      api.turns = [said(11, 'one'), said(12, 'two', { parentTurnId: id(11) }), said(13, 'three', { parentTurnId: id(12) })];
      await open();
      expect(messages()).toEqual(['one', 'two', 'three']);
      page.querySelectorAll<HTMLButtonElement>('[aria-label="Edit message"]')[1]!.click();
      await eventually(() => expect(page.querySelector<HTMLTextAreaElement>('dr-message-editor textarea')?.value).toBe('two'));
      const field = page.querySelector<HTMLTextAreaElement>('dr-message-editor textarea')!;
      field.value = 'two, edited';
      field.dispatchEvent(new Event('input'));
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      await eventually(() => expect(messages()).toEqual(['one', 'two, edited']));
      await eventually(() => expect(api.turns.at(-1)).toMatchObject({ userText: 'two, edited', parentTurnId: id(11) }));
      await eventually(() => expect(page.querySelector('.switcher')?.textContent).toContain('2 of 2'));
      expect(api.turns).toHaveLength(4);
    });

    it('do not begin while a reply is under way: the page says so, and no control changes for it', async () => {
      api.turns = [said(11, 'one'), said(12, 'one', { regenerationOf: id(11), replyText: '- the second' })];
      await open();
      await ask('Something else meanwhile');
      await eventually(() => expect(button('Stop the reply').disabled).toBe(false));
      for (const name of ['Previous reply', 'Regenerate reply']) {
        const control = button(name);
        expect(control.disabled).toBe(false);
        control.click();
        expect(TestBed.inject(Notifier).notice()?.text).toContain('A reply is under way.');
        TestBed.inject(Notifier).dismiss();
      }
      expect(api.requests.filter((request) => /^(move|regenerate)/.test(request))).toEqual([]);
    });

    it('leave a message as it was on Escape, or when nothing was changed', async () => {
      api.turns = [said(11, 'one')];
      await open();
      for (const leave of ['Escape', 'Enter']) {
        button('Edit message').click();
        await eventually(() => expect(page.querySelector<HTMLTextAreaElement>('dr-message-editor textarea')?.value).toBe('one'));
        page.querySelector('dr-message-editor textarea')!.dispatchEvent(new KeyboardEvent('keydown', { key: leave, bubbles: true, cancelable: true }));
        await eventually(() => expect(messages()).toEqual(['one']));
      }
      expect(api.requests).toEqual([]);
    });

    it('come back as they were when the server does not take the new one', async () => {
      api.turns = [said(11, 'one'), said(12, 'two', { parentTurnId: id(11) })];
      await open();
      api.trouble = new Problem('unreachable', 'The server cannot be reached.');
      button('Regenerate reply').click();
      await eventually(() => expect(page.textContent).toContain('No new reply was begun.'));
      expect(messages()).toEqual(['one']);
      button('Leave it').click();
      await eventually(() => expect(messages()).toEqual(['one', 'two']));
    });

    it('begin with another reply, in another mode or format or by another language model', async () => {
      api.turns = [said(11, 'one')];
      await open();
      await eventually(() => expect(button('Answer again in another way')).toBeDefined());
      button('Answer again in another way').click();
      await menuItem('In another mode', 'As a debater');
      await eventually(() => expect(api.turns.at(-1)).toMatchObject({ regenerationOf: id(11), mode: 'debater', format: 'bullet_points' }));
      await eventually(() => expect(page.querySelector('.switcher')?.textContent).toContain('2 of 2'));
      api.end(api.turns.at(-1)!.turnId, { status: 'completed', replyText: '- more' });
      await eventually(() => expect(transport.current).toBeDefined());
      transport.sends(...eventsFrom(1, [{ type: 'completed', turn: api.turns.at(-1)! }], api.turns.at(-1)!.turnId));
      TestBed.tick();
      button('Answer again in another way').click();
      await menuItem('By another language model', 'small');
      await eventually(() => expect(api.requests.at(-1)).toBe(`regenerate ${id(11)} by openai`));
    });

    it('are not turned between while a reply is being written', async () => {
      api.turns = [said(11, 'one'), said(12, 'one', { regenerationOf: id(11) })];
      await open();
      await ask('more');
      button('Previous reply').click();
      expect(api.requests.filter((request) => request.startsWith('move'))).toEqual([]);
      expect(messages()).toEqual(['one', 'more']);
    });

    it('say so when they cannot be fetched', async () => {
      api.turns = [said(11, 'one'), said(12, 'one', { regenerationOf: id(11), replyText: '- the second' })];
      await open();
      api.trouble = new Problem('unreachable', 'The server cannot be reached.');
      button('Previous reply').click();
      await eventually(() => expect(TestBed.inject(Notifier).notice()?.text).toContain('The other branch cannot be shown.'));
      expect(reply().textContent).toContain('the second');
    });
  });

  it('quotes what is selected in a reply, before what is being written', async () => {
    api.turns = [buildTurn({ status: 'completed', replyText: '- It weaves [1].', citations: [buildCitation(1)] })];
    await open();
    document.body.append(page);
    type('How so?');
    const range = document.createRange();
    range.selectNodeContents(reply().querySelector('li')!);
    range.getBoundingClientRect = () => new DOMRect();
    getSelection()!.removeAllRanges();
    getSelection()!.addRange(range);
    document.dispatchEvent(new Event('selectionchange'));
    await eventually(() => expect(button('Quote')).toBeDefined());
    button('Quote').click();
    await eventually(() => expect(field().value).toBe('How so?\n\n> It weaves.\n\n'));
    expect(page.querySelector('dr-quote-button button')).toBeNull();
    page.remove();
  });

  it('shows a quotation in a message as such', async () => {
    api.turns = [buildTurn({ status: 'completed', replyText: '- a', userText: '> It weaves.\n\nHow so?' })];
    await open();
    expect(page.querySelector('dr-message-text blockquote')?.textContent).toBe('It weaves.');
    expect(page.querySelector('.message')?.textContent).toBe('How so?');
  });

  it('offers questions of the persona’s topics where its author wrote none', async () => {
    api.personaKept = buildPersona({ starterQuestions: [] });
    await open();
    await eventually(() => button('What of weaving?').click());
    await eventually(() => expect(api.turns[0]?.userText).toBe('What of weaving?'));
  });

  it('offers the conversation as files, and on paper with its sources in full', async () => {
    api.turns = [buildTurn({ status: 'completed', replyText: '- It weaves [1].', citations: [buildCitation(1)] })];
    await open();
    let printed = '';
    window.print = () => {
      window.dispatchEvent(new Event('beforeprint'));
      printed = page.querySelector('dr-printed-sources')?.textContent ?? '';
      window.dispatchEvent(new Event('afterprint'));
    };
    button('Share, export or print').click();
    await eventually(() => expect([...document.querySelectorAll('a[mat-menu-item]')].map((link) => link.getAttribute('href'))).toEqual(
      ['markdown', 'json'].map((format) => `/api/conversations/${api.conversationKept.conversationId}/export?format=${format}${format === 'markdown' ? '&language=en' : ''}`),
    ));
    [...document.querySelectorAll<HTMLElement>('[mat-menu-item]')].find((item) => item.textContent?.includes('Print'))!.click();
    await eventually(() => expect(printed).toContain('What passage 1 says.'));
    expect(page.querySelector('dr-printed-sources')?.textContent).toBe('');
  });

  it('rates a reply, and takes the rating back when the server does not keep it', async () => {
    api.turns = [buildTurn({ status: 'completed', replyText: '- a' })];
    await open();
    button('Good reply').click();
    await eventually(() => expect(button('Good reply').getAttribute('aria-pressed')).toBe('true'));
    api.trouble = new Problem('unreachable', 'The server cannot be reached.');
    button('Poor reply').click();
    await eventually(() => expect(api.requests.at(-1)).toContain('down'));
    await eventually(() => expect(button('Good reply').getAttribute('aria-pressed')).toBe('true'));
  });

  it('changes mode and format in place, for the messages that follow', async () => {
    await open();
    const loader = TestbedHarnessEnvironment.loader(fixture);
    const format = await loader.getHarness(MatMenuHarness.with({ selector: '[aria-label^="Format:"]' }));
    await format.open();
    const items = await format.getItems();
    expect(items).toHaveLength(api.personaKept.supportedResponseFormats.length);
    await items.at(-1)!.click();
    expect(button('Format: free conversation')).toBeDefined();
    await ask('Now freely');
    expect(api.turns[0]).toMatchObject({ format: 'free', mode: 'educator' });
  });

  describe('where something of its manner is no longer offered', () => {
    const words = { label: { en: 'Devil’s advocate' }, phrase: { en: 'a devil’s advocate' }, description: { en: '' }, builtIn: false, status: 'active', version: 1 } as const;
    const own = { ...words, modeId: 'custom.advocate', base: 'debater' } as const;
    const notice = () => page.querySelector('.withdrawn')!.textContent;
    const asAdvocate = (): void => {
      api.personaKept = buildPersona({ defaultInteractionModes: ['educator', 'custom.advocate'] });
      api.conversationKept = { ...api.conversationKept, mode: 'custom.advocate' };
    };

    it('says so before anything is sent, and has the persona’s own way chosen', async () => {
      asAdvocate();
      const customs = { mode: { version: 1, label: words.label, base: 'debater' } } as const;
      api.turns = [buildTurn({ status: 'completed', replyText: '- No.', mode: 'custom.advocate', customs })];
      localStorage.setItem(`dramatis.draft.${api.conversationKept.conversationId}`, JSON.stringify('Half a question'));
      await open();
      await eventually(() => expect(notice()).toBe('“Devil’s advocate” is no longer offered: the next reply is as an educator.'));
      expect(button('Mode: an educator')).toBeDefined();
      expect(field().value).toBe('Half a question');
      press('Enter');
      await eventually(() => expect(api.turns.at(-1)).toMatchObject({ mode: 'educator', userText: 'Half a question' }));
      expect(notice()).toBe('');
      expect(api.conversationKept.mode).toBe('educator');
    });

    it('answers an old message again in a way that there still is', async () => {
      asAdvocate();
      api.turns = [buildTurn({ status: 'completed', replyText: '- No.', mode: 'custom.advocate' })];
      await open();
      await eventually(() => expect(notice()).toContain('no longer offered'));
      button('Regenerate reply').click();
      await eventually(() => expect(api.turns.at(-1)).toMatchObject({ mode: 'educator', regenerationOf: api.turns[0]!.turnId }));
    });

    it('learns of it from the server where it was withdrawn meanwhile, and loses nothing', async () => {
      asAdvocate();
      api.modesKept = [own];
      await open();
      await eventually(() => expect(button('Mode: a devil’s advocate')).toBeDefined());
      expect(notice()).toBe('');
      api.modesKept = [];
      api.trouble = new Problem('mode_not_supported', 'The mode custom.advocate is not offered any more; choose another.', 422);
      type('Are you sure?');
      press('Enter');
      await eventually(() => expect(notice()).toContain('the next reply is as an educator'));
      expect(page.querySelector('[role=alert]')?.textContent).toContain('This was not sent.');
      button('Send again').click();
      await eventually(() => expect(api.turns.at(-1)).toMatchObject({ mode: 'educator', userText: 'Are you sure?' }));
    });

    it('keeps to what was chosen while nobody knows', async () => {
      asAdvocate();
      api.modesKept = null;
      await open();
      await ask('Are you sure?');
      expect(api.turns.at(-1)).toMatchObject({ mode: 'custom.advocate' });
      expect(notice()).toBe('');
    });
  });

  it('announces the beginning and the end of a reply, not its words', async () => {
    await open();
    const told = page.querySelector('dr-announcements')!;
    await ask('What is the engine?');
    streams(...deltas('- It'));
    expect(told.textContent).toBe('Ada Lovelace is answering.');
    transport.sends(...eventsFrom(5, deltas(' weaves'), transport.current.turnId));
    TestBed.tick();
    expect(told.textContent).toBe('Ada Lovelace is answering.');
    const turn = api.end(transport.current.turnId, { status: 'completed', replyText: '- It weaves' });
    transport.sends(...eventsFrom(6, [{ type: 'completed', turn }], turn.turnId));
    TestBed.tick();
    expect(told.textContent).toBe('Ada Lovelace has answered.');
  });

  it('says that it is a preview, by which version, and when the draft has changed', async () => {
    const { corpus: _, status: __, creationDate: ___, lastModifiedDate: ____, ...profile } = api.personaKept;
    const draft = { ...profile, role: 'analyst', baseVersion: 1, publishedVersion: 1, savedAt: '2026-01-03T10:00:00.000Z', savedBy: { kind: 'operator', id: null, name: null } } as const;
    api.conversationKept = { ...api.conversationKept, preview: true };
    api.draftKept = { ...draft, version: 2 };
    api.turns = [buildTurn({ status: 'completed', replyText: '- It weaves.', provenance: buildProvenance({ personaVersion: 2 }) })];
    await open();
    const mark = (): string => page.querySelector('dr-preview-mark')!.textContent.replace(/\s+/g, ' ');
    await eventually(() => expect(mark()).toContain('talks with version 2, which no reader sees'));
    expect(mark()).not.toContain('changed since');
    expect(page.querySelector('header')?.textContent).toContain('analyst');
    api.draftKept = { ...draft, version: 3 };
    document.dispatchEvent(new Event('visibilitychange'));
    await eventually(() => expect(mark()).toContain('changed since the last reply, which was by version 2'));
    api.draftKept = null;
    document.dispatchEvent(new Event('visibilitychange'));
    await eventually(() => expect(mark()).toContain('There is no draft now'));
    button('Begin anew').click();
    await eventually(() => expect(api.requests).toEqual([`delete ${api.conversationKept.conversationId}`, 'create {"personaId":"ada-lovelace","preview":true}']));
  });

  describe('when it could not be fetched', () => {
    const outOfReach = new Problem('unreachable', 'The server cannot be reached.');
    let conversation: FakeConversationApi['conversation'];

    beforeEach(async () => {
      conversation = api.conversation.bind(api);
      localStorage.setItem(`dramatis.draft.${api.conversationKept.conversationId}`, '"half a question"');
      api.conversation = () => Promise.reject(outOfReach);
      fixture = TestBed.createComponent(ConversationPage);
      fixture.componentRef.setInput('conversationId', api.conversationKept.conversationId);
      page = fixture.nativeElement as HTMLElement;
      await eventually(() => expect(page.querySelector('h1')?.textContent).toBe('The conversation cannot be shown'));
      api.conversation = conversation;
    });

    it('is fetched again on request, with what was being written', async () => {
      button('Try again').click();
      await eventually(() => expect(field()?.value).toBe('half a question'));
    });

    it('comes by itself when there is a network again', async () => {
      window.dispatchEvent(new Event('offline'));
      TestBed.tick();
      window.dispatchEvent(new Event('online'));
      await eventually(() => expect(field()?.value).toBe('half a question'));
    });
  });

  describe('the focus', () => {
    beforeEach(async () => {
      api.turns = [buildTurn({ status: 'completed', replyText: '- It weaves.', provenance: buildProvenance() })];
      await open();
      document.body.append(page);
    });
    afterEach(() => page.remove());
    const exchange = (): HTMLElement => page.querySelector('dr-exchange')!;

    it('stays with the exchange that is answered again, whose buttons are gone', async () => {
      const again = button('Regenerate reply');
      again.focus();
      again.click();
      await eventually(() => expect(again.isConnected).toBe(false));
      await eventually(() => expect(document.activeElement).toBe(exchange()));
    });

    it('stays on the button with which one sends, and then stops', async () => {
      type('And then?');
      button('Send').focus();
      button('Send').click();
      await eventually(() => expect(transport.current).toBeDefined());
      expect(document.activeElement).toBe(button('Stop the reply'));
      button('Stop the reply').click();
      await eventually(() => expect(api.requests.at(-1)).toContain('cancel'));
      expect(document.activeElement).toBe(button('Stopping'));
    });
  });

  it('leads whoever is not signed in to where one does, and back', async () => {
    fixture = TestBed.createComponent(ConversationPage);
    fixture.componentRef.setInput('conversationId', '00000000-0000-4000-8000-00000000dead');
    page = fixture.nativeElement as HTMLElement;
    await eventually(() => expect(page.querySelector('a')?.textContent).toBe('Sign in'));
    expect(page.querySelector('a')?.getAttribute('href')).toBe('/account/sign-in?returnUrl=%2Fconversations%2F00000000-0000-4000-8000-00000000dead');
  });

  it('is honest about a conversation that is not there', async () => {
    fixture = TestBed.createComponent(ConversationPage);
    fixture.componentRef.setInput('conversationId', '00000000-0000-4000-8000-00000000dead');
    page = fixture.nativeElement as HTMLElement;
    await eventually(() => expect(page.querySelector('h1')?.textContent).toBe('This conversation is not here'));
  });
});
