import { randomUUID } from 'node:crypto';
import type { CustomFormat } from '@dramatis/contracts/custom-format';
import type { CustomMode } from '@dramatis/contracts/custom-mode';
import { responseFormats } from '@dramatis/contracts/format';
import { interactionModes } from '@dramatis/contracts/mode';
import type { Persona } from '@dramatis/contracts/persona';
import { parseReply } from '@dramatis/response-format/parser';
import type { Guest } from '@dramatis/testing/client/guest';
import { expectWellFormed } from '../support/expect-turn.js';
import { question, Scene } from '../support/scene.js';

describe.each(['anthropic', 'openai', 'built-in'])('every mode and format, answered by %s', (provider) => {
  let scene: Scene;
  let persona: Persona;
  let guest: Guest;

  beforeAll(async () => {
    scene = await Scene.shared();
    guest = scene.guest();
    persona = await scene.persona({ modelRoute: [provider] });
  });
  afterAll(() => scene.strike());

  it.each(interactionModes.flatMap((mode) => responseFormats.map((format) => ({ mode, format }))))('$mode, $format', async ({ mode, format }) => {
    const { conversationId } = await guest.converse(persona.personaId, { mode, format });
    const { turn, reader } = await guest.askAndRead(conversationId, { text: question });
    expectWellFormed(turn, reader, await guest.turn(turn.turnId));
    expect(turn).toMatchObject({ status: 'completed', mode, format });
    expect(turn.provenance).toMatchObject({ provider, grounded: true, builtIn: provider === 'built-in' });
    expect(turn.provenance!.formatVerdict).toMatchObject({ satisfied: true, violations: [] });
    expect(turn.provenance!.modeVerdict).toMatchObject({ satisfied: true, violations: [] });
    expect(turn.citations.some(({ cited }) => cited)).toBe(true);
    expect(parseReply(format, turn.replyText!, persona.name, { finished: true }).format).toBe(format);
  });
});

describe('modes and formats of the installation’s own', () => {
  let scene: Scene;
  let guest: Guest;
  let modeId: CustomMode['modeId'];
  let listId: CustomFormat['formatId'];
  let cardId: CustomFormat['formatId'];

  beforeAll(async () => {
    scene = await Scene.shared();
    guest = scene.guest();
    const own = (name: string) => ({ label: { en: name }, description: { en: name }, instructions: `Keep to ${name}.`, slug: `${name}-${randomUUID().slice(0, 8)}`, status: 'active' });
    const { http } = scene.operator;
    ({ modeId } = await http.expect<CustomMode>('POST', '/api/admin/modes', { ...own('advocate'), base: 'debater', rules: { question: 'ends' } }));
    ({ formatId: listId } = await http.expect<CustomFormat>('POST', '/api/admin/formats', { ...own('list'), shape: { kind: 'grammar', base: 'bullet_points', rules: { minItems: 2, question: 'ends' } } }));
    const schema = { type: 'object', properties: { title: { type: 'string' }, points: { type: 'array', minItems: 1, items: { type: 'string' } } } };
    ({ formatId: cardId } = await http.expect<CustomFormat>('POST', '/api/admin/formats', { ...own('card'), shape: { kind: 'schema', schema } }));
  });
  afterAll(() => scene.strike());

  it.each(['anthropic', 'built-in'])('are kept to by %s, streamed, judged and stored', async (provider) => {
    const { personaId } = await scene.persona({ modelRoute: [provider], defaultInteractionModes: [modeId, 'educator'], supportedResponseFormats: [listId, cardId] });
    const { conversationId } = await guest.converse(personaId, { mode: modeId, format: listId });
    const listed = await guest.askAndRead(conversationId, { text: question });
    expectWellFormed(listed.turn, listed.reader, await guest.turn(listed.turn.turnId));
    expect(listed.turn).toMatchObject({ status: 'completed', customs: { mode: { version: 1 }, format: { base: 'bullet_points' } } });
    expect(listed.turn.provenance).toMatchObject({ formatVerdict: { satisfied: true }, modeVerdict: { violations: [] } });

    const card = await guest.askAndRead(conversationId, { text: question, mode: 'educator', format: cardId });
    expectWellFormed(card.turn, card.reader, await guest.turn(card.turn.turnId));
    const { replyText, replyValue, provenance } = card.turn;
    expect(provenance!.formatVerdict).toMatchObject({ satisfied: true });
    expect(replyValue).toEqual({ title: expect.any(String), points: expect.arrayContaining([expect.any(String)]) });
    expect(replyText).toMatch(/^\*\*Title:\*\* .+\n\n\*\*Points:\*\*\n\n- /);
  });
});
