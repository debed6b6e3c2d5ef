import { ApplicationFailure } from '@temporalio/common';
import { checkAgain } from './check-again.js';

const difference = () => ApplicationFailure.retryable('The database has 2 passages, the index 1.', 'corpus_check_failed');

/** A check that goes as it is told, one thing a look. */
function playing(...looks: (Error | number)[]): { check: () => Promise<number>; left: () => number } {
  const check = async (): Promise<number> => {
    const look = looks.shift();
    if (look instanceof Error) throw look;
    return look!;
  };
  return { check, left: () => looks.length };
}

describe('a check that is made again', () => {
  it('waits for what comes together', async () => {
    const { check } = playing(difference(), difference(), 2);
    await expect(checkAgain(check, [1, 1])).resolves.toBe(2);
  });

  it('says for good what differs still at the last look', async () => {
    const { check, left } = playing(difference(), difference(), difference(), 2);
    await expect(checkAgain(check, [1, 1])).rejects.toMatchObject({ type: 'corpus_check_failed', nonRetryable: true, message: difference().message });
    expect(left()).toBe(1);
  });

  it('lets an outage through at once, to be waited for by whoever retries', async () => {
    const outage = new Error('connect ECONNREFUSED');
    const { check, left } = playing(difference(), outage, 2);
    await expect(checkAgain(check, [1, 1])).rejects.toBe(outage);
    expect(left()).toBe(1);
  });
});
