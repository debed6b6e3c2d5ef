import { explainFileSystemError, formatError, StackError } from './stack-error.mjs';

describe('explainFileSystemError', () => {
  const systemError = (/** @type {string} */ code) => Object.assign(new Error(`${code}: write`), { code });

  it.each([
    ['ENOSPC', 'DISK_FULL', /disk that holds \/data is full/],
    ['EDQUOT', 'DISK_FULL', /disk that holds \/data is full/],
    ['EACCES', 'FOLDER_NOT_WRITABLE', /\/data may not be written by this user/],
    ['EROFS', 'FOLDER_NOT_WRITABLE', /\/data is on a read-only file system/],
  ])('explains %s', (systemCode, code, message) => {
    expect(explainFileSystemError(systemError(systemCode), '/data', 'DRAMATIS_DATA')).toMatchObject({
      code,
      message: expect.stringMatching(message),
      remedy: expect.stringContaining('DRAMATIS_DATA'),
    });
  });

  it.each(['write /x: no space left on device', "OSError: [Errno 28] No space left on device: '/x'", 'npm error code ENOSPC'])(
    'finds a full disk in the words of a tool: %s',
    (detail) => {
      const failed = new StackError('COMMAND_FAILED', 'go install ended with code 1.', { detail });
      expect(explainFileSystemError(failed, '/cache', 'DRAMATIS_CACHE')).toMatchObject({ code: 'DISK_FULL' });
    },
  );

  it('leaves other errors as they are', () => {
    const other = new Error('something else');
    expect(explainFileSystemError(other, '/data', 'DRAMATIS_DATA')).toBe(other);
  });
});

describe('formatError', () => {
  it('gives what, details and remedy', () => {
    const error = new StackError('START_FAILED', 'Redis ended with code 1.', { detail: 'one\ntwo\n', remedy: 'Look.' });
    expect(formatError(error)).toBe('Redis ended with code 1.\n    one\n    two\nWhat to do: Look.');
  });
});
