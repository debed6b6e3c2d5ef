/**
 * The thread that reads one file after the other. What it imports statically is Node's only, so that Node can also start it from
 * its TypeScript source: then it first teaches Node to find the sources of what it imports.
 */
import { registerHooks } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { ExtractionFailureCode } from '@dramatis/contracts/extraction-failure-codes';
import type { ExtractedFile, FileToExtract } from './extracted-file.js';
import type { ExtractionLimits } from './extraction-limits.js';

export interface ExtractionThreadData {
  limits: ExtractionLimits;
}

/** The first message of a thread says that it is ready; each later one answers a file. */
export type ExtractionAnswer = { kind: 'ready' } | { kind: 'extracted'; file: ExtractedFile } | { kind: 'failed'; code: ExtractionFailureCode; message: string };

type Extract = (file: FileToExtract, limits: ExtractionLimits) => Promise<ExtractedFile>;

if (import.meta.url.endsWith('.ts')) resolveSources();
if (parentPort) await main(workerData as ExtractionThreadData, parentPort);

async function main({ limits }: ExtractionThreadData, port: NonNullable<typeof parentPort>): Promise<void> {
  // What libraries print about odd documents is not for our log.
  process.stdout.write = () => true;
  process.stderr.write = () => true;
  const { extractFile } = await import('./extract-file.js');
  const { ExtractionError } = await import('./extraction-error.js');
  const answer = async (file: FileToExtract, extract: Extract): Promise<ExtractionAnswer> => {
    try {
      return { kind: 'extracted', file: await extract(file, limits) };
    } catch (error) {
      if (error instanceof ExtractionError) return { kind: 'failed', code: error.code, message: error.message };
      if (isAllocationFailure(error)) return { kind: 'failed', code: 'out_of_memory', message: '' };
      if (error instanceof RangeError) {
        return { kind: 'failed', code: 'corrupt', message: 'The file is nested far deeper than any document, and was not read. Save it again with the program that made it.' };
      }
      return { kind: 'failed', code: 'interrupted', message: `Reading the file failed unexpectedly: ${error instanceof Error ? error.message : String(error)}` };
    }
  };
  port.on('message', (file: FileToExtract) => {
    void answer(file, extractFile).then((result) => port.postMessage(result));
  });
  port.postMessage({ kind: 'ready' } satisfies ExtractionAnswer);
}

function isAllocationFailure(error: unknown): boolean {
  return error instanceof RangeError && /allocation failed|invalid (?:string|array|typed array) length/i.test(error.message);
}

/** From sources, `./name.js` is `./name.ts`, and our libraries are their sources too. */
function resolveSources(): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (specifier.startsWith('@dramatis/')) return nextResolve(specifier, { ...context, conditions: [...context.conditions, 'source'] });
      if (!specifier.startsWith('.') || !specifier.endsWith('.js') || !context.parentURL?.endsWith('.ts')) return nextResolve(specifier, context);
      return nextResolve(`${specifier.slice(0, -3)}.ts`, context);
    },
  });
}
