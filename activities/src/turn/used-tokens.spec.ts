import type { Attempt } from '@dramatis/contracts/turn';
import type { StoredPrompt, TurnRecord } from '@dramatis/database/conversations/turn-model';
import { estimateTokens } from '@dramatis/text/tokens';
import type { FinishTurnInput, GeneratedReply } from './turn-activities.js';
import { usedTokens } from './used-tokens.js';

const prompt: StoredPrompt = { hash: 'h', system: 'You are Ada Lovelace.', messages: [{ role: 'user', content: 'What is the Engine for?' }] };
const prompts = { latest: async () => prompt };
const reply = (inputTokens: number, outputTokens: number, builtIn = false): GeneratedReply =>
  ({ builtIn, usage: { inputTokens, outputTokens, estimated: false } }) as GeneratedReply;
const turn = (fields: Partial<TurnRecord> = {}): TurnRecord => ({ _id: 'turn', endedAttempts: [], replyText: 'It weaves.', ...fields }) as TurnRecord;
const input = (fields: Partial<FinishTurnInput>): FinishTurnInput => ({ turnId: 'turn', status: 'completed', steps: [], ...fields });
const ended = (outcome: Attempt['outcome'], provider = 'anthropic'): Attempt => ({ outcome, provider }) as Attempt;

describe('usedTokens', () => {
  it('adds up what the delivered reply and the one passed over used', async () => {
    expect(await usedTokens(input({ generated: reply(100, 20), passedOver: reply(110, 30) }), turn(), prompts)).toBe(260);
  });

  it('takes nothing for the built-in model, nor where no model was asked', async () => {
    expect(await usedTokens(input({ generated: reply(100, 20, true) }), turn(), prompts)).toBe(0);
    expect(await usedTokens(input({ status: 'failed' }), turn(), prompts)).toBe(0);
    expect(await usedTokens(input({ status: 'cancelled' }), turn({ endedAttempts: [ended('cancelled', 'built-in')] }), prompts)).toBe(0);
  });

  it('counts what was read and seen of a reply that was cancelled, so that cancelling late is not free', async () => {
    const expected = estimateTokens(prompt.system) + estimateTokens('What is the Engine for?') + estimateTokens('It weaves.');
    expect(await usedTokens(input({ status: 'cancelled' }), turn({ endedAttempts: [ended('cancelled')] }), prompts)).toBe(expected);
  });

  it('does not count attempts that failed', async () => {
    expect(await usedTokens(input({ generated: reply(100, 20) }), turn({ endedAttempts: [ended('failed')] }), prompts)).toBe(120);
  });

  it('lets no turn’s end fail', async () => {
    const away = { latest: async () => Promise.reject(new Error('away')) };
    expect(await usedTokens(input({ status: 'cancelled' }), turn({ endedAttempts: [ended('cancelled')] }), away)).toBe(0);
  });
});
