import type { Turn } from '@dramatis/contracts/turn';
import { visibleText, type TurnReader } from '@dramatis/testing/client/turn-reader';
import { isFinal } from '@dramatis/contracts/turn-event';

/**
 * What holds of every turn that has ended, however it went: one final event, the stored turn is the one that readers were told
 * of, what they saw is what is stored, and the provenance accounts for each attempt that they were told of.
 */
export function expectWellFormed(turn: Turn, reader: TurnReader, stored: Turn): void {
  const { events } = reader;
  expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
  expect(events.filter(isFinal)).toHaveLength(1);
  expect(turn.endedAt).not.toBeNull();
  expect(stored).toEqual(turn);
  if (turn.status === 'completed') expect(turn.replyText).toBe(visibleText(events));
  if (turn.status === 'cancelled') expect(turn.replyText).toBe(visibleText(events));
  if (turn.status === 'failed') expect(turn).toMatchObject({ replyText: null, failure: { code: expect.any(String), message: expect.any(String) } });
  const told = events.flatMap((event) => (event.type === 'attempt' ? [{ attempt: event.attempt, provider: event.provider }] : []));
  const recorded = turn.provenance?.attempts.map(({ attempt, provider }) => ({ attempt, provider }));
  expect(recorded).toEqual(told);
}

/** The provenance's attempts, as `provider: outcome or code`. */
export function attemptsOf(turn: Turn): string[] {
  return turn.provenance?.attempts.map(({ provider, outcome, code }) => `${provider}: ${code ?? outcome}`) ?? [];
}
