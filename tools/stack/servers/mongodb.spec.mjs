import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../lib/temporary-folder.fixture.mjs';
import { mongodb } from './mongodb.mjs';

describe("MongoDB's routes", () => {
  const folder = temporaryFolder();
  const labels = () => mongodb.routes({ dataDir: folder() }).map(({ label }) => label);

  it('prefer what is there, then the real mongod', () => {
    expect(labels()[0]).toBe('MONGODB_URI');
    expect(labels()[1]).toBe('mongod on the PATH');
    expect(labels().at(-1)).toBe('Python package');
  });

  it('stay with the server that made the data, since none reads the files of another', async () => {
    await writeFile(join(folder(), 'engine'), 'secantusdb\n');
    expect(labels()).toEqual(['MONGODB_URI', 'cache', 'Python package']);
    await writeFile(join(folder(), 'engine'), 'mongod\n');
    expect(labels()).toContain('mongod on the PATH');
    expect(labels()).not.toContain('Python package');
  });
});
