import { randomUUID } from 'node:crypto';
import type { Conversation } from '@dramatis/contracts/conversation';
import type { Persona } from '@dramatis/contracts/persona';
import type { QuotaUsage } from '@dramatis/contracts/quota';
import { type UnexpectedAnswer } from '@dramatis/testing/client/http-client';
import type { Guest } from '@dramatis/testing/client/guest';
import { within } from '@dramatis/testing/eventually';
import { attemptsOf, expectWellFormed } from '../support/expect-turn.js';
import { question, Scene } from '../support/scene.js';

describe('a turn', () => {
  let scene: Scene;
  let persona: Persona;
  let guest: Guest;
  let conversation: Conversation;

  beforeAll(async () => {
    scene = await Scene.shared();
    persona = await scene.persona({ modelRoute: ['anthropic'] });
  });
  afterAll(() => scene.strike());
  beforeEach(async () => {
    scene.model.reset();
    guest = scene.guest();
    conversation = await guest.converse(persona.personaId, { mode: 'educator', format: 'free' });
  });

  const problemOf = (promise: Promise<unknown>) => promise.then(() => null, (error: unknown) => (error as UnexpectedAnswer).problem);

  it('is grounded in the corpus, cites it, and records what it was made from', async () => {
    const { turn, reader } = await guest.askAndRead(conversation.conversationId, { text: question });
    expectWellFormed(turn, reader, await guest.turn(turn.turnId));
    expect(reader.types()).toEqual(['accepted', 'retrieved', 'attempt', 'delta', 'completed']);
    expect(turn.citations.filter(({ cited }) => cited).map(({ number }) => number)).toEqual([1, 2]);
    expect(turn.citations[0]!.documentTitle).toBe('The lamp');
    expect(turn.provenance).toMatchObject({
      workflowId: `turn/${conversation.conversationId}/${turn.requestId}`,
      personaVersion: persona.version,
      corpusVersion: persona.corpus.corpusVersion,
      grounded: true,
      ungroundedReason: null,
      provider: 'anthropic',
      model: 'stand-in-a',
      builtIn: false,
      formatVerdict: { satisfied: true },
      modeVerdict: { satisfied: true },
      usage: { estimated: false },
    });
    expect(turn.provenance!.steps.map(({ step }) => step)).toEqual(['load', 'retrieve', 'compose', 'generate', 'validate', 'save']);
    expect(turn.provenance!.retrieved.map(({ passageId }) => passageId)).toEqual(turn.citations.map(({ passageId }) => passageId));
  });

  it('counts for its owner’s quota while it runs, and with its tokens when it has ended, also when it was cancelled', async () => {
    const usage = () => guest.http.expect<QuotaUsage>('GET', '/api/auth/me/usage');
    const { turn } = await guest.askAndRead(conversation.conversationId, { text: question });
    const { inputTokens, outputTokens } = turn.provenance!.usage!;
    const first = await usage();
    expect(first).toMatchObject({ role: 'guest', turnsRunning: 0, tokensToday: inputTokens + outputTokens });
    scene.model.script({ chunks: 20, delayMs: 300 });
    const { turnId } = await guest.ask(conversation.conversationId, { text: 'And in fog?' });
    const reader = guest.follow(turnId);
    await reader.next('delta');
    expect((await usage()).turnsRunning).toBe(1);
    await guest.cancel(turnId);
    await reader.ending();
    const last = await usage();
    expect(last.turnsRunning).toBe(0);
    expect(last.tokensToday).toBeGreaterThan(first.tokensToday);
  });

  it('is told by the model server what the conversation said before', async () => {
    await guest.askAndRead(conversation.conversationId, { text: 'How far is the beam seen?' });
    await guest.askAndRead(conversation.conversationId, { text: 'And in fog?' });
    const [, second] = scene.model.requests;
    const contents = second!.request.messages.map(({ content }) => content).join('\n');
    expect(contents).toContain('How far is the beam seen?');
    expect(contents).toContain('And in fog?');
  });

  it('is the same turn when its request is repeated, at once or after its end', async () => {
    const message = { requestId: randomUUID(), text: question };
    const answers = await Promise.all(Array.from({ length: 5 }, () => guest.ask(conversation.conversationId, message)));
    expect(new Set(answers.map(({ turnId }) => turnId)).size).toBe(1);
    const turn = await guest.follow(answers[0]!.turnId).ending();
    expect((await guest.ask(conversation.conversationId, message)).turnId).toBe(turn.turnId);
    expect((await guest.conversation(conversation.conversationId)).turns).toHaveLength(1);
    expect(scene.model.requests).toHaveLength(1);
  });

  it('is refused when its request id was used for another text', async () => {
    const requestId = randomUUID();
    await guest.askAndRead(conversation.conversationId, { requestId, text: question });
    const problem = await problemOf(guest.ask(conversation.conversationId, { requestId, text: 'Something else?' }));
    expect(problem).toMatchObject({ status: 409, code: 'request_id_reused' });
  });

  it('is refused with the running turn’s id while another runs, and taken after that', async () => {
    scene.model.script({ delayMs: 60_000 });
    const { turnId } = await guest.ask(conversation.conversationId, { text: question });
    const reader = guest.follow(turnId);
    await reader.next('delta');
    const problem = await problemOf(guest.ask(conversation.conversationId, { text: 'And fog?' }));
    expect(problem).toMatchObject({ status: 409, code: 'turn_in_progress', turnId });
    expect((await guest.conversation(conversation.conversationId)).runningTurnId).toBe(turnId);
    await guest.cancel(turnId);
    await reader.ending();
    expect((await guest.askAndRead(conversation.conversationId, { text: 'And fog?' })).turn.status).toBe('completed');
  });

  it('keeps what was shown when it is cancelled in mid-stream, and closes the provider’s stream', async () => {
    scene.model.script({ chunks: 20, delayMs: 300 });
    const { turnId } = await guest.ask(conversation.conversationId, { text: question });
    const reader = guest.follow(turnId);
    await reader.next('delta');
    await guest.cancel(turnId);
    const turn = await reader.ending();
    expect(turn.status).toBe('cancelled');
    expect(turn.replyText).not.toBe('');
    expectWellFormed(turn, reader, await guest.turn(turnId));
    const [request] = scene.model.requests;
    await within('the model server to see the stream closed', request!.closed);
    expect(request!.aborted).toBe(true);
    expect(request!.piecesSent).toBeLessThan(20);
    expect(await problemOf(guest.cancel(turnId))).toBeNull();
  });

  it('is cancelled while it waits for a provider to recover', async () => {
    scene.model.script({ fault: { kind: 'status', status: 429, retryAfter: '25' }, times: 'always' });
    const { turnId } = await guest.ask(conversation.conversationId, { text: question });
    await within('the first request', scene.model.waitForRequests(1));
    const reader = guest.follow(turnId);
    await guest.cancel(turnId);
    const turn = await reader.ending();
    expect(turn).toMatchObject({ status: 'cancelled', failure: null });
    expect(turn.replyText ?? '').toBe('');
  });

  it('cannot be cancelled after its end', async () => {
    const { turn } = await guest.askAndRead(conversation.conversationId, { text: question });
    expect(await problemOf(guest.cancel(turn.turnId))).toMatchObject({ status: 409, code: 'turn_finished' });
  });

  it('is made again, beside the first, in another format', async () => {
    const { turn: first } = await guest.askAndRead(conversation.conversationId, { text: question });
    const { turnId } = await guest.regenerate(first.turnId, { format: 'bullet_points' });
    const again = await guest.follow(turnId).ending();
    expect(again).toMatchObject({ status: 'completed', format: 'bullet_points', regenerationOf: first.turnId, userText: question });
    expect(again.turnId).not.toBe(first.turnId);
    const { turns } = await guest.conversation(conversation.conversationId);
    expect(turns.map((turn) => turn.turnId)).toEqual([again.turnId]);
    expect(turns[0]!.siblings.map((sibling) => sibling.turnId)).toEqual([first.turnId, again.turnId]);
  });

  it('remembers what was said on its branch, and not what was said beside it', async () => {
    const { conversationId } = conversation;
    const { turn: first } = await guest.askAndRead(conversationId, { text: 'How far is the beam seen?', parentTurnId: null });
    await guest.askAndRead(conversationId, { text: 'And in fog?', parentTurnId: first.turnId });
    const { turn: edited } = await guest.askAndRead(conversationId, { text: 'And in snow?', parentTurnId: first.turnId });
    await guest.askAndRead(conversationId, { text: 'And at noon?', parentTurnId: edited.turnId });
    const asked = scene.model.requests.at(-1)!.request.messages.map(({ content }) => content).join('\n');
    for (const text of ['How far is the beam seen?', 'And in snow?', 'And at noon?']) expect(asked).toContain(text);
    expect(asked).not.toContain('And in fog?');
  });

  it('takes a rating, another, and none again', async () => {
    const { turn } = await guest.askAndRead(conversation.conversationId, { text: question });
    await guest.rate(turn.turnId, { rating: 'up', comment: 'Clear.' });
    expect((await guest.turn(turn.turnId)).feedback).toEqual({ rating: 'up', comment: 'Clear.' });
    await guest.rate(turn.turnId, { rating: 'down' });
    expect((await guest.turn(turn.turnId)).feedback).toMatchObject({ rating: 'down' });
    await guest.rate(turn.turnId, { rating: null });
    expect((await guest.turn(turn.turnId)).feedback?.rating ?? null).toBeNull();
  });

  it('asks once more for a reply that broke its format, and tells what it violated', async () => {
    scene.model.script({ text: JSON.stringify({ lead: 'Only this.', items: [], closing: '' }) });
    const { turn, reader } = await guest.askAndRead(conversation.conversationId, { text: question, format: 'bullet_points' });
    expectWellFormed(turn, reader, await guest.turn(turn.turnId));
    expect(turn).toMatchObject({ status: 'completed', provenance: { formatVerdict: { satisfied: true } } });
    expect(reader.events.find(({ type }) => type === 'discard')).toMatchObject({ code: 'format_violation' });
    expect(turn.provenance!.attempts.map(({ purpose }) => purpose)).toEqual(['reply', 'format_correction']);
    const [, correction] = scene.model.requests;
    expect(correction!.request.messages.map(({ content }) => content).join('\n')).toContain('Only this.');
  });

  it('delivers the better of two replies that broke their format, marked with what it violates', async () => {
    const broken = JSON.stringify({ lead: 'Only this.', items: [], closing: '' });
    scene.model.script({ text: broken, times: 2 });
    const { turn, reader } = await guest.askAndRead(conversation.conversationId, { text: question, format: 'bullet_points' });
    expectWellFormed(turn, reader, await guest.turn(turn.turnId));
    expect(turn.status).toBe('completed');
    expect(turn.provenance!.formatVerdict!.satisfied).toBe(false);
    expect(turn.provenance!.formatVerdict!.violations).not.toHaveLength(0);
    expect(scene.model.requests).toHaveLength(2);
  });

  it('loses citations that refer to no passage, and counts them', async () => {
    scene.model.script({ text: 'The wicks are trimmed [1], as all know [97]. What else?' });
    const { turn, reader } = await guest.askAndRead(conversation.conversationId, { text: question });
    expectWellFormed(turn, reader, await guest.turn(turn.turnId));
    expect(turn.replyText).not.toContain('[97]');
    expect(turn.provenance!.removedCitations).toBe(1);
    expect(attemptsOf(turn)).toEqual(['anthropic: completed']);
  });

  it('keeps the persona’s version that it began with', async () => {
    const changing = await scene.persona({ modelRoute: ['anthropic'], stylisticInstructions: 'Speak of tides.' });
    const { conversationId } = await guest.converse(changing.personaId);
    scene.model.script({ chunks: 20, delayMs: 100 });
    const { turnId } = await guest.ask(conversationId, { text: question });
    await within('the first request', scene.model.waitForRequests(1));
    await scene.operator.http.expect('PATCH', `/api/personas/${changing.personaId}`, { stylisticInstructions: 'Speak of stars.' });
    const first = await guest.follow(turnId).ending();
    const { turn: second } = await guest.askAndRead(conversationId, { text: question });
    expect([first, second].map(({ provenance }) => provenance!.personaVersion)).toEqual([changing.version, changing.version + 1]);
    expect(scene.model.requests.map(({ request }) => /tides|stars/.exec(request.system)?.[0])).toEqual(['tides', 'stars']);
  });
});
