import { Context } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { whileHeartbeating } from '../heartbeat.js';
import { type AttemptTold, attemptScopeOf, lostWorker } from './attempt-scope.js';

const failed = { code: 'overloaded', reason: 'The provider is overloaded.' } as const;

/** What the next attempt finds that was told last by one which failed, and then took so long to end that its heartbeats went on. */
async function toldByFailed(asked: AttemptTold): Promise<unknown> {
  const environment = new MockActivityEnvironment();
  const heard: unknown[] = [];
  const heartbeats = new Promise<void>((resolve) => environment.on('heartbeat', (details: unknown) => heard.push(structuredClone(details)) === 3 && resolve()));
  await environment.run(() => {
    const activity = Context.current();
    const attempt = async (): Promise<void> => {
      attemptScopeOf(activity, asked).leave(failed);
      await heartbeats;
    };
    return whileHeartbeating(activity, attempt, asked);
  });
  return heard.at(-1);
}

function attemptAfter(heartbeatDetails: unknown): Promise<unknown> {
  return new MockActivityEnvironment({ attempt: 2, heartbeatDetails }).run(async () => attemptScopeOf(Context.current()).before);
}

describe('an attempt that is tried again', () => {
  it('knows how the one before it failed, however long that took to end', async () => {
    const told = await toldByFailed({ asking: 'anthropic' });
    expect(told).toMatchObject({ asking: 'anthropic' });
    expect(await attemptAfter(told)).toEqual(failed);
  });

  it('takes the worker for lost when the one before it told nothing', async () => {
    expect(await attemptAfter({ asking: 'anthropic' })).toEqual(lostWorker);
    expect(await attemptAfter(undefined)).toEqual(lostWorker);
  });
});
