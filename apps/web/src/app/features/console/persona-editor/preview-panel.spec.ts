import { TestBed } from '@angular/core/testing';
import { ConsoleStage } from '../../../../testing/console-stage';
import { eventually } from '../../../../testing/eventually';
import { FakeConversationApi } from '../../../../testing/fake-conversation-api';
import { FakeTurnTransport } from '../../../../testing/fake-turn-transport';
import { buildProvenance, buildTurn } from '../../../../testing/turn-events';
import { ApiClient } from '../../../core/api-client';
import { Problem } from '../../../core/problem';
import { TURN_EVENT_TRANSPORTS } from '../../../core/turns/turn-events-port';
import { Confirm } from '../../../shared/confirm';

const address = '/console/corpora/ada-lovelace/persona';

describe('the preview beside the editor', () => {
  const { matchMedia } = window;
  let stage: ConsoleStage;
  let api: FakeConversationApi;
  /** The previews that there are already. */
  let kept: { conversationId: string }[];
  let trouble: Problem | null;

  beforeEach(() => {
    localStorage.clear();
    window.matchMedia = (query) => Object.assign(matchMedia(query), { matches: /68.75rem|pointer: fine/.test(query) });
    stage = new ConsoleStage();
    api = new FakeConversationApi();
    kept = [];
    trouble = null;
    api.conversationKept = { ...api.conversationKept, preview: true };
    // One persona, whichever API tells of it.
    Object.defineProperties(api, { personaKept: { get: () => stage.server.personas.kept }, draftKept: { get: () => stage.server.personas.draftKept } });
    const conversations = async () => {
      if (trouble) throw trouble;
      return { items: kept, total: kept.length, limit: 1, offset: 0 };
    };
    TestBed.overrideProvider(ApiClient, { useValue: Object.assign(api, { conversations }) });
    TestBed.overrideProvider(Confirm, { useValue: { ask: async () => true } });
    TestBed.configureTestingModule({ providers: [{ provide: TURN_EVENT_TRANSPORTS, useValue: [new FakeTurnTransport()] }] });
  });

  afterEach(() => void (window.matchMedia = matchMedia));

  const panel = (): HTMLElement | null => stage.page.querySelector('dr-preview-panel');
  const field = (): HTMLTextAreaElement => panel()!.querySelector('dr-composer textarea')!;
  const words = (): string => panel()!.textContent.replace(/\s+/g, ' ');
  const open = async (query = ''): Promise<void> => {
    await stage.open(address + query);
    await eventually(() => expect(stage.field('Name')).toBeDefined());
  };
  const talking = (): Promise<void> => eventually(() => expect(field()).not.toBeNull());

  it('opens beside the fields, with an address of its own, takes the focus and gives it back', async () => {
    await open();
    expect(panel()).toBeNull();
    document.body.append(stage.page);
    stage.press('Try it');
    await talking();
    expect(stage.url).toBe(`${address}?preview=`);
    expect(api.requests).toEqual(['create {"personaId":"ada-lovelace","preview":true}']);
    await eventually(() => expect(document.activeElement).toBe(field()));
    stage.press('Close the preview');
    await eventually(() => expect(stage.url).toBe(address));
    expect(panel()).toBeNull();
    await eventually(() => expect(document.activeElement).toBe(stage.control('Try it')));
    stage.page.remove();
  });

  it('saves what was changed before it talks, and says when something was changed since', async () => {
    await open();
    stage.fill('Role', 'analyst');
    stage.press('Try it');
    await talking();
    expect(stage.server.personas.draftKept).toMatchObject({ role: 'analyst', version: 2 });
    await eventually(() => expect(words()).toContain('talks with version 2, which no reader sees'));
    expect(words()).not.toContain('not saved yet');
    api.turns = [buildTurn({ status: 'completed', replyText: '- It weaves.', provenance: buildProvenance({ personaVersion: 2 }) })];
    stage.press('Begin anew');
    await eventually(() => expect(words()).toContain('It weaves.'));

    stage.fill('Role', 'countess');
    expect(words()).toContain('is not saved yet');
    stage.press('Save draft');
    await eventually(() => expect(words()).toContain('changed since the last reply, which was by version 2. Only you see this conversation; it talks with version 3'));
    expect(words()).not.toContain('not saved yet');
  });

  it('goes on with the preview that there is, and begins anew where it stands', async () => {
    kept = [{ conversationId: api.conversationKept.conversationId }];
    await open('?preview=');
    await talking();
    expect(api.requests).toEqual([]);
    expect(stage.control('Open the preview on a page of its own').getAttribute('href')).toBe(`/conversations/${api.conversationKept.conversationId}`);
    stage.press('Begin anew');
    await eventually(() => expect(api.requests).toEqual([`delete ${api.conversationKept.conversationId}`, 'create {"personaId":"ada-lovelace","preview":true}']));
    await talking();
    expect(stage.url).toBe(`${address}?preview=`);
  });

  it('leaves the keys of a conversation to those who have the focus in it', async () => {
    kept = [{ conversationId: api.conversationKept.conversationId }];
    api.turns = [buildTurn({ status: 'completed', replyText: '- It weaves.' })];
    await open('?preview=');
    await eventually(() => expect(words()).toContain('It weaves.'));
    document.body.append(stage.page);
    const press = (key: string) => document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    HTMLElement.prototype.scrollIntoView = () => undefined;
    stage.control('Try it').focus();
    press('j');
    expect(document.activeElement).toBe(stage.control('Try it'));
    stage.control('Close the preview').focus();
    press('j');
    expect(document.activeElement?.tagName).toBe('BUTTON');
    stage.control('Good reply').focus();
    press('k');
    expect(document.activeElement?.tagName).toBe('DR-EXCHANGE');
    press('/');
    expect(document.activeElement).toBe(field());
    stage.page.remove();
  });

  it('says why there is none, and tries again', async () => {
    trouble = new Problem('unreachable', 'The server cannot be reached.');
    await open('?preview=');
    await eventually(() => expect(words()).toContain('The preview cannot begin.'));
    trouble = null;
    stage.press('Try again');
    await talking();
  });
});
