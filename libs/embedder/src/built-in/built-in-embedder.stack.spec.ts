import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itIsAnEmbedder } from '../embedder-contract.js';
import { createBuiltInEmbedder } from './built-in-embedder.js';

const modelDir = process.env['EMBEDDER_MODEL_DIR']!;

describe('the built-in embedder', () => {
  itIsAnEmbedder(() => createBuiltInEmbedder({ modelDir }));

  it('says which files it needs when they are missing', async () => {
    const embedder = createBuiltInEmbedder({ modelDir: join(tmpdir(), 'no-such-folder') });
    await expect(embedder.embed(['text'])).rejects.toMatchObject({ code: 'model_unusable', message: expect.stringContaining('no-such-folder') });
    await embedder.close();
  });

  it('fails, again and again and without hanging, when the model is broken', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'broken-model-'));
    await writeFile(join(folder, 'model.onnx'), 'not a model');
    await writeFile(join(folder, 'tokenizer.json'), await import('node:fs/promises').then((fs) => fs.readFile(join(modelDir, 'tokenizer.json'))));
    const embedder = createBuiltInEmbedder({ modelDir: folder });
    await expect(embedder.warmUp()).rejects.toMatchObject({ name: 'EmbedderError', code: 'unavailable' });
    await expect(embedder.embed(['text'])).rejects.toMatchObject({ name: 'EmbedderError', code: 'unavailable' });
    await embedder.close();
    await rm(folder, { recursive: true });
  });
});
