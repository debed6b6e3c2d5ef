import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { download, findChecksum, publishedChecksum } from './download.mjs';
import { temporaryFolder } from './temporary-folder.fixture.mjs';

const CONTENT = 'an archive';
const DIGEST = createHash('sha256').update(CONTENT).digest('hex');

describe('findChecksum', () => {
  const other = 'b'.repeat(64);

  it.each([
    ['the digest alone', `${DIGEST}\n`],
    ['one line with the name', `${DIGEST}  archive.tar.gz\n`],
    ['many lines', `${other}  other.tar.gz\n${DIGEST} *archive.tar.gz\n`],
    ['a name with its folder', `${DIGEST}  ./dist/archive.tar.gz\n`],
  ])('finds it in %s', (_, text) => {
    expect(findChecksum(text, 'archive.tar.gz')).toBe(DIGEST);
  });

  it.each([
    ['another file only', `${other}  other.tar.gz\n`],
    ['a web page', '<html><body>Sign in</body></html>'],
    ['nothing', ''],
  ])('finds none in %s', (_, text) => {
    expect(findChecksum(text, 'archive.tar.gz')).toBeUndefined();
  });
});

describe('download', () => {
  const folder = temporaryFolder();
  const server = createServer((request, response) => {
    if (request.url === '/archive') response.end(CONTENT);
    else if (request.url === '/archive.sha256') response.end(`${DIGEST}  archive\n`);
    else if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': '100' });
      response.write(CONTENT, () => request.socket.destroy());
    } else response.writeHead(404).end();
  });
  let origin = '';
  beforeAll(async () => {
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
    origin = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  });
  afterAll(() => server.close());

  it('keeps a file that is what it should be', async () => {
    const file = join(folder(), 'archive');
    const expected = await publishedChecksum(`${origin}/archive.sha256`, 'archive');
    await download(`${origin}/archive`, file, { algorithm: 'sha256', expected });
    expect(await readFile(file, 'utf8')).toBe(CONTENT);
  });

  it.each([
    ['another content', '/archive', 'f'.repeat(64), 'DOWNLOAD_CORRUPT', /instead of f+/],
    ['a connection that breaks', '/cut', DIGEST, 'DOWNLOAD_FAILED', /\/cut could not be downloaded/],
    ['a missing file', '/missing', DIGEST, 'DOWNLOAD_FAILED', /it answered 404/],
  ])('keeps nothing of %s', async (_, path, expected, code, message) => {
    const file = join(folder(), 'archive');
    const outcome = download(`${origin}${path}`, file, { algorithm: 'sha256', expected });
    await expect(outcome).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(existsSync(file)).toBe(false);
  });
});
