import { spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AvatarCrop, maxAvatarBytes, maxAvatarPixels } from '@dramatis/contracts/avatar';
import { avatarSizes } from '@dramatis/contracts/avatar-url';
import { DomainError } from '@dramatis/contracts/errors';
import type { AvatarAnswer, AvatarTask, ImageRefusal } from './avatar-process.js';

export interface AvatarEncoderOptions {
  /** A picture that takes longer is given up. Default 15 seconds. */
  timeoutMs?: number;
  /** Pictures that may wait for the one that is decoded. Default 8. */
  maxWaiting?: number;
}

/** Room for V8 in the process; the pixels are outside of it, and bounded by their number. */
const heapMb = 64;
const maxAnswerBytes = 8 * 1024 * 1024;
const maxComplaintCharacters = 2_000;

/**
 * Makes avatars of pictures that strangers made. Each is decoded in a process of its own, one at a time, with limits on pixels and time:
 * a picture that takes the decoder down, or fills its memory, fails alone.
 */
export class AvatarEncoder {
  private readonly timeoutMs: number;
  private readonly maxWaiting: number;
  private former: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor({ timeoutMs = 15_000, maxWaiting = 8 }: AvatarEncoderOptions = {}) {
    this.timeoutMs = timeoutMs;
    this.maxWaiting = maxWaiting;
  }

  /**
   * The chosen square of the picture at each of {@link avatarSizes}, as WebP without metadata.
   * @throws DomainError image_not_supported, image_damaged, image_too_large, payload_too_large, too_many_images
   */
  async encode(bytes: Uint8Array, crop: AvatarCrop): Promise<Uint8Array[]> {
    if (bytes.byteLength > maxAvatarBytes) throw new DomainError('payload_too_large.picture', { megabytes: maxAvatarBytes / 1024 / 1024 });
    if (bytes.byteLength === 0) throw refused('image_damaged');
    if (this.waiting > this.maxWaiting) throw new DomainError('too_many_images');
    this.waiting += 1;
    const encoding = this.former.then(() => this.run(bytes, crop)).finally(() => (this.waiting -= 1));
    this.former = encoding.catch(() => undefined);
    return encoding;
  }

  private async run(bytes: Uint8Array, crop: AvatarCrop): Promise<Uint8Array[]> {
    const task: AvatarTask = { crop, sizes: avatarSizes, maxPixels: maxAvatarPixels };
    const output = await answerOf(bytes, task, this.timeoutMs);
    const end = output.indexOf('\n');
    if (end < 0) throw refused('image_damaged');
    const answer = JSON.parse(output.toString('utf8', 0, end)) as AvatarAnswer;
    if (!answer.ok) throw refused(answer.code);
    let at = end + 1;
    return answer.lengths.map((length) => output.subarray(at, (at += length)));
  }
}

/** All that the process said; empty when the picture ended it, or it took too long. @throws Error when the process itself does not run */
function answerOf(bytes: Uint8Array, task: AvatarTask, timeoutMs: number): Promise<Buffer> {
  // From dist as JavaScript, from source as TypeScript, whose types Node strips.
  const entry = fileURLToPath(new URL(`./avatar-process${extname(import.meta.url)}`, import.meta.url));
  const options = ['--no-warnings', `--max-old-space-size=${heapMb}`];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...options, entry, JSON.stringify(task)], { env: {}, stdio: ['pipe', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    let complaint = '';
    let length = 0;
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxAnswerBytes) child.kill('SIGKILL');
      else chunks.push(chunk);
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.stderr.on('data', (chunk: Buffer) => (complaint = `${complaint}${chunk.toString()}`.slice(0, maxComplaintCharacters)));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(Buffer.concat(chunks));
      else if (signal === null) reject(new Error(`The process that decodes pictures ended with ${code}: ${complaint}`));
      else resolve(Buffer.alloc(0));
    });
    // It may have ended before it read everything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(bytes);
  });
}

function refused(code: ImageRefusal): DomainError {
  return code === 'image_too_large' ? new DomainError(code, { megapixels: maxAvatarPixels / 1_000_000 }) : new DomainError(code);
}
