import { objectStoreSettings } from './settings.js';

function issuesOf(env: Record<string, string>): Record<string, string> {
  return Object.fromEntries((objectStoreSettings.safeParse(env).error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]));
}

describe('objectStoreSettings', () => {
  it('is a folder, unless a bucket is named', () => {
    expect(objectStoreSettings.parse({ DRAMATIS_OBJECTS_DIR: '/objects', DRAMATIS_S3_BUCKET: '' })).toEqual({ kind: 'folder', folder: '/objects' });
    expect(objectStoreSettings.parse({ DRAMATIS_OBJECTS_DIR: '/objects', DRAMATIS_S3_BUCKET: 'knowledge' })).toMatchObject({ kind: 's3', bucket: 'knowledge' });
  });

  it('reads every variable', () => {
    const env = {
      DRAMATIS_S3_BUCKET: 'knowledge',
      DRAMATIS_S3_ENDPOINT: 'http://localhost:9000',
      DRAMATIS_S3_REGION: 'eu-central-1',
      DRAMATIS_S3_PREFIX: 'dramatis/objects',
      DRAMATIS_S3_PATH_STYLE: 'false',
    };
    expect(objectStoreSettings.parse(env)).toEqual({
      kind: 's3',
      bucket: 'knowledge',
      endpoint: 'http://localhost:9000',
      region: 'eu-central-1',
      prefix: 'dramatis/objects',
      forcePathStyle: false,
    });
  });

  it('names what is missing or malformed', () => {
    expect(issuesOf({})).toEqual({ DRAMATIS_OBJECTS_DIR: 'is required, or DRAMATIS_S3_BUCKET' });
    expect(issuesOf({ DRAMATIS_OBJECTS_DIR: '/objects', DRAMATIS_S3_REGION: 'eu-central-1' })).toEqual({
      DRAMATIS_S3_BUCKET: 'is required with DRAMATIS_S3_REGION',
    });
    expect(issuesOf({ DRAMATIS_S3_BUCKET: 'Not A Bucket', DRAMATIS_S3_ENDPOINT: 'localhost:9000', DRAMATIS_S3_PATH_STYLE: 'perhaps' })).toEqual({
      DRAMATIS_S3_BUCKET: 'must be the name of a bucket',
      DRAMATIS_S3_ENDPOINT: 'must be an http or https address',
      DRAMATIS_S3_PATH_STYLE: 'must be true or false',
    });
  });
});
