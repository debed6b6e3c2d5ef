import { setTimeout as delay } from 'node:timers/promises';
import type { TurnStatus } from '@dramatis/contracts/turn';
import type { AttemptScope } from '../generation/attempt-scope.js';
import { createAnswerTurn } from './answer-turn.js';
import type { GeneratedReply, JudgedDraft, PreparedTurn } from './turn-activities.js';
import type { TurnContext } from './turn-context.js';

const input = { turnId: 'turn', conversationId: 'conversation' };

/** A process that answers turns, with a provider that does as it is told. */
function aProcess(options: { generating?: (scope: AttemptScope) => Promise<void>; status?: TurnStatus; atOnce?: number } = {}) {
  const stopping = new AbortController();
  const scopes: AttemptScope[] = [];
  const activities = createAnswerTurn(
    {
      turns: { find: async () => null },
      contexts: { get: async () => ({ turn: { status: options.status ?? 'running' } }) as TurnContext },
      handOver: { taskQueue: 'mine', atOnce: options.atOnce ?? 10, afterMs: 50, stopping: stopping.signal },
    },
    {
      prepareTurn: async () =>
        ({ loaded: { route: [{ provider: 'first' }] }, retrieved: { passages: [], grounded: false }, composed: { promptHash: 'hash' } }) as unknown as PreparedTurn,
      settleTurn: async () => ({ judged: {} as JudgedDraft, status: 'completed' }),
      generate: async (_request, scope) => {
        scopes.push(scope);
        await options.generating?.(scope);
        return { draftKey: 'draft' } as GeneratedReply;
      },
    },
  );
  return { ...activities, scopes, stop: () => stopping.abort(new Error('stopping')) };
}

const untilAborted = (scope: AttemptScope) =>
  new Promise<void>((_, reject) => scope.signal.addEventListener('abort', () => reject(new Error(scope.workerStops() ? 'interrupted' : 'cancelled'))));

describe('beginAnswer', () => {
  it('answers at once what does not take long', async () => {
    expect(await aProcess().beginAnswer(input)).toEqual({ answered: { status: 'completed' } });
  });

  it('names the queue of its process when the answer takes long, and begins it no second time', async () => {
    const { beginAnswer, scopes } = aProcess({ generating: () => delay(200) });
    expect(await beginAnswer(input)).toEqual({ answered: null, taskQueue: 'mine' });
    expect(await beginAnswer(input)).toEqual({ answered: null, taskQueue: 'mine' });
    await delay(250);
    expect(await beginAnswer(input)).toEqual({ answered: { status: 'completed' } });
    expect(scopes).toHaveLength(1);
  });

  it('fails as the provider does, and begins again when it is asked again', async () => {
    const faults = [new Error('overloaded')];
    const { beginAnswer, scopes } = aProcess({
      generating: async () => {
        const fault = faults.shift();
        if (fault) throw fault;
      },
    });
    await expect(beginAnswer(input)).rejects.toThrow('overloaded');
    expect(await beginAnswer(input)).toEqual({ answered: { status: 'completed' } });
    expect(scopes).toHaveLength(2);
  });

  it('begins no more than it may have in hand', async () => {
    const { beginAnswer } = aProcess({ atOnce: 1, generating: () => delay(150) });
    await beginAnswer(input);
    expect(await beginAnswer({ turnId: 'another' })).toEqual({ answered: null, taskQueue: null });
    await delay(200);
    expect(await beginAnswer({ turnId: 'another' })).toMatchObject({ taskQueue: 'mine' });
  });

  it('does not answer a turn that is stored already', async () => {
    const { beginAnswer, scopes } = aProcess({ status: 'cancelled' });
    expect(await beginAnswer(input)).toEqual({ answered: { status: 'cancelled' } });
    expect(scopes).toEqual([]);
  });

  it('gives up what takes long when its process stops, for another to go on', async () => {
    const { beginAnswer, stop } = aProcess({ generating: untilAborted });
    stop();
    await expect(beginAnswer(input)).rejects.toThrow('interrupted');
  });
});
