import { DomainError, errorStatus } from './errors.js';
import { problemTexts } from './problem-texts.js';

describe('what problems say', () => {
  it('is under their codes', () => {
    const strangers = Object.keys(problemTexts).filter((key) => !(key.split('.', 1)[0]! in errorStatus));
    expect(strangers).toEqual([]);
  });

  it('is said by an error in English, and carried for other languages', () => {
    const error = new DomainError('rate_limited.sign_in', { waiting: 290 }, { retryAfterSeconds: 290 });
    expect(error.code).toBe('rate_limited');
    expect(error.status).toBe(429);
    expect(error.message).toBe('There were too many attempts to sign in; wait 5 minutes, then try again.');
    expect(error.wording).toEqual({ key: 'problems.rate_limited.sign_in', params: { waiting: 290 } });
  });

  it('stays what it was when an error comes from elsewhere', () => {
    const cause = new Error('there');
    const error = DomainError.heard('corpus_check_failed', '3 passages are missing.', { cause });
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({ code: 'corpus_check_failed', status: 409, message: '3 passages are missing.', cause, wording: { key: 'problems.corpus_check_failed', params: {} } });
  });
});
