import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../lib/temporary-folder.fixture.mjs';
import { secret } from './secrets.mjs';

describe('secret', () => {
  const folder = temporaryFolder();
  beforeEach(() => {
    delete process.env.TRIAL_SECRET;
  });

  it('is made once, of 32 random bytes, for this user alone', async () => {
    const made = secret('TRIAL_SECRET', folder(), 'trial');
    expect(Buffer.from(made, 'base64url')).toHaveLength(32);
    expect(secret('TRIAL_SECRET', folder(), 'trial')).toBe(made);
    expect((await stat(join(folder(), 'trial'))).mode & 0o777).toBe(0o600);
  });

  it('is made anew when its file was emptied', async () => {
    await writeFile(join(folder(), 'trial'), '');
    expect(secret('TRIAL_SECRET', folder(), 'trial')).toHaveLength(43);
  });

  it("is the environment's where that has one", () => {
    process.env.TRIAL_SECRET = 'given';
    expect(secret('TRIAL_SECRET', folder(), 'trial')).toBe('given');
  });
});
