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
