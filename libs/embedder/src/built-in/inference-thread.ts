/**
 * The thread that runs the model. Inference in onnxruntime-node blocks the thread that asks for it, about 100 ms for a passage,
 * which must never hold up the turns that stream in the same process.
 *
 * Imports nothing of ours, so that Node can also start it from its source.
 */
import { parentPort, workerData } from 'node:worker_threads';
import ort from 'onnxruntime-node';

/** Token ids of `lengths.length` texts, one after the other. */
export interface InferenceRequest {
  id: number;
  tokenIds: Int32Array;
  lengths: number[];
}

/** `vectors` are of length 1, one after the other. The first answer, with id 0, says that the model is loaded. */
export type InferenceAnswer = { id: number; vectors: Float32Array } | { id: number; error: string };

export interface InferenceThreadData {
  modelPath: string;
  intraOpThreads: number;
}

async function main(data: InferenceThreadData, port: NonNullable<typeof parentPort>): Promise<void> {
  const session = await ort.InferenceSession.create(data.modelPath, {
    intraOpNumThreads: data.intraOpThreads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
  });
  port.on('message', (request: InferenceRequest) => {
    infer(session, request).then(
      (vectors) => port.postMessage({ id: request.id, vectors } satisfies InferenceAnswer, [vectors.buffer as ArrayBuffer]),
      (error: unknown) => port.postMessage({ id: request.id, error: String(error) } satisfies InferenceAnswer),
    );
  });
  port.postMessage({ id: 0, vectors: new Float32Array(0) } satisfies InferenceAnswer);
}

async function infer(session: ort.InferenceSession, { tokenIds, lengths }: InferenceRequest): Promise<Float32Array> {
  const width = Math.max(...lengths);
  const shape = [lengths.length, width];
  const ids = new BigInt64Array(lengths.length * width);
  const mask = new BigInt64Array(ids.length);
  let from = 0;
  for (const [row, length] of lengths.entries()) {
    for (let column = 0; column < length; column += 1) {
      ids[row * width + column] = BigInt(tokenIds[from + column]!);
      mask[row * width + column] = 1n;
    }
    from += length;
  }
  const output = await session.run({
    input_ids: new ort.Tensor('int64', ids, shape),
    attention_mask: new ort.Tensor('int64', mask, shape),
    token_type_ids: new ort.Tensor('int64', new BigInt64Array(ids.length), shape),
  });
  const hidden = output['last_hidden_state']!;
  return poolAndNormalise(hidden.data as Float32Array, lengths, width, hidden.dims[2]!);
}

/** The mean of each text's token vectors, without the padding, scaled to length 1. */
function poolAndNormalise(hidden: Float32Array, lengths: number[], width: number, dimensions: number): Float32Array {
  const vectors = new Float32Array(lengths.length * dimensions);
  for (const [row, length] of lengths.entries()) {
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    for (let column = 0; column < length; column += 1) {
      const from = (row * width + column) * dimensions;
      for (let d = 0; d < dimensions; d += 1) vector[d]! += hidden[from + d]!;
    }
    let squares = 0;
    for (const value of vector) squares += value * value;
    const norm = Math.sqrt(squares) || 1;
    for (let d = 0; d < dimensions; d += 1) vector[d]! /= norm;
  }
  return vectors;
}

if (parentPort) await main(workerData as InferenceThreadData, parentPort);
