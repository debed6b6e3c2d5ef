import { translate } from '../../../testing/texts';
import { interruptionWords } from './interruption-words';

describe('interruptionWords', () => {
  it.each([
    ['worker_lost', 'was lost with the process'],
    ['format_violation', 'did not keep to the chosen form'],
    ['overloaded', 'busy language model'],
    ['timed_out', 'took too long'],
    ['interrupted', 'The first attempt broke off; beginning again.'],
  ] as const)('names the reason: %s', (code, words) => {
    expect(interruptionWords(translate(), { id: 4, attempt: 1, code, hadText: true })).toContain(words);
  });
});
