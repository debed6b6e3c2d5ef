import type { ConversationChanged } from '@dramatis/contracts/conversation-event';
import type { Conversation } from '@dramatis/contracts/conversation';
import { AccountRepository } from '@dramatis/database/accounts/account-repository';
import { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { ApiHarness, nowhere, operatorToken, type ApiClient } from '../../test/api-harness.js';
import { enter, makeAccount } from '../../test/people.js';
import { eventually } from '../../test/temporal-namespace.js';

/** Two instances over the same stores, as a reader's two devices may meet them. */
describe('a conversation that is open on two devices', () => {
  let here: ApiHarness;
  let there: ApiHarness;
  let guest: ApiClient;
  let personaId: string;
  let conversationId: string;
  let sockets: Socket[] = [];

  beforeAll(async () => {
    here = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere });
    there = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere, MONGODB_URI: here.env.mongodbUri });
    personaId = (await here.createPersona()).personaId;
  });
  beforeEach(async () => {
    guest = here.client();
    ({ conversationId } = await guest.beginConversation(personaId));
  });
  afterEach(() => {
    for (const socket of sockets) socket.disconnect();
    sockets = [];
  });
  afterAll(async () => {
    await there?.stop();
    await here?.stop();
  });

  async function connect(api: ApiHarness, cookie: string, auth: { token?: string } = {}): Promise<Socket> {
    const socket = io(api.baseUrl, { transports: ['websocket'], reconnection: false, extraHeaders: { cookie }, auth });
    sockets.push(socket);
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
    return socket;
  }
  const ask = (socket: Socket, event: string, message: unknown): Promise<unknown> => socket.timeout(5_000).emitWithAck(event, message);

  function changesOf(socket: Socket): ConversationChanged[] {
    const heard: ConversationChanged[] = [];
    socket.on('conversation:changed', (change: ConversationChanged) => heard.push(change));
    return heard;
  }

  it('tells the other of a turn that begins, through whichever instance', async () => {
    const socket = await connect(there, guest.cookie!);
    const heard = changesOf(socket);
    expect(await ask(socket, 'conversation:watch', { conversationId })).toEqual({ ok: true });
    await guest.startTurn(conversationId);
    await eventually(() => expect(heard).toEqual([{ conversationId }]));
  });

  it('tells the other of another branch, and of nothing that looks the same', async () => {
    const first = await guest.startTurn(conversationId);
    const turns = here.app.get(TurnRepository);
    await turns.finish(first.turnId, { status: 'completed', replyText: 'Yes.', citations: [], failure: null, provenance: null });
    const socket = await connect(here, guest.cookie!);
    const heard = changesOf(socket);
    await ask(socket, 'conversation:watch', { conversationId });
    await guest.patch(`/api/conversations/${conversationId}`, { title: 'The loom' });
    await guest.patch(`/api/conversations/${conversationId}`, { headTurnId: first.turnId });
    await eventually(() => expect(heard).toEqual([{ conversationId }]));
  });

  it('is a preview for who curates only, and its turns too', async () => {
    // An installation keeps an admin.
    await makeAccount(here, 'admin');
    const { _id: accountId } = await makeAccount(here, 'curator');
    const curator = await enter(here, { ownerId: accountId, accountId });
    const { body: preview } = await curator.post<Conversation>('/api/conversations', { personaId, preview: true });
    const { turnId } = await curator.startTurn(preview.conversationId);
    const answers = async (client: ApiClient) => {
      const socket = await connect(here, client.cookie!);
      return [await ask(socket, 'conversation:watch', { conversationId: preview.conversationId }), await ask(socket, 'turn:subscribe', { turnId })];
    };
    expect(await answers(curator)).toMatchObject([{ ok: true }, { ok: true }]);
    await here.app.get(AccountRepository, { strict: false }).govern(accountId, { role: 'user' });
    const demoted = await enter(here, { ownerId: accountId, accountId });
    expect(await answers(demoted)).toMatchObject([{ problem: { code: 'conversation_not_found' } }, { problem: { code: 'turn_not_found' } }]);
  });

  it('is a preview for a guest whose page has the operator’s token, when its socket shows it', async () => {
    const operator = here.client({ authorization: `Bearer ${operatorToken}` });
    const { body: preview } = await operator.post<Conversation>('/api/conversations', { personaId, preview: true });
    const { turnId } = await operator.startTurn(preview.conversationId);
    const bare = await connect(here, operator.cookie!);
    expect(await ask(bare, 'turn:subscribe', { turnId })).toMatchObject({ problem: { code: 'turn_not_found' } });
    const shown = await connect(here, operator.cookie!, { token: operatorToken });
    expect(await ask(shown, 'turn:subscribe', { turnId })).toMatchObject({ ok: true });
    expect(await ask(shown, 'conversation:watch', { conversationId: preview.conversationId })).toEqual({ ok: true });
  });

  it('is let go again, and ends with the socket', async () => {
    const socket = await connect(here, guest.cookie!);
    const other = await connect(here, guest.cookie!);
    const heard = changesOf(socket);
    const heardByOther = changesOf(other);
    for (const one of [socket, other]) await ask(one, 'conversation:watch', { conversationId });
    expect(await ask(socket, 'conversation:unwatch', { conversationId })).toEqual({ ok: true });
    await guest.startTurn(conversationId);
    await eventually(() => expect(heardByOther).toHaveLength(1));
    expect(heard).toEqual([]);
  });

  it('does not exist for others, and a message that makes no sense says so', async () => {
    const stranger = here.client();
    await stranger.beginConversation(personaId);
    const socket = await connect(here, stranger.cookie!);
    const refused = (code: string) => ({ ok: false, problem: expect.objectContaining({ code }) as unknown });
    expect(await ask(socket, 'conversation:watch', { conversationId })).toEqual(refused('conversation_not_found'));
    expect(await ask(socket, 'conversation:watch', { conversationId: randomUUID() })).toEqual(refused('conversation_not_found'));
    expect(await ask(socket, 'conversation:watch', { conversationId: 'mine' })).toEqual(refused('invalid_request'));
  });
});
