import type { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describeObject, ObjectStoreError, requireIntact, requireKey, type ObjectStore, type OpenedObject, type StoredObject } from './port.js';
import { isMissing, s3Error } from './s3-errors.js';
import { verifiedStream } from './verified-stream.js';

export interface S3ObjectStoreOptions {
  /** It must exist: making buckets is the operator's business. */
  bucket: string;
  /** Put before every key, without slashes at its ends. Default: none. */
  prefix?: string;
  /** Of a server that speaks S3, for example `http://127.0.0.1:9000`. Default: Amazon's, by the region. */
  endpoint?: string;
  /** Default: what the SDK finds in AWS_REGION or its profile; with an endpoint, us-east-1. */
  region?: string;
  /** Whether the bucket is in the path and not in the host. Default: with an endpoint. */
  forcePathStyle?: boolean;
  /** Default: what the SDK finds in the environment, its profile, or the machine's role. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /** Tries of one request, the first included. Default 3, with growing waits between. */
  maxAttempts?: number;
}

const connectionTimeoutMs = 3_000;
/** Without a byte from the server. */
const socketTimeoutMs = 30_000;

/** Objects in a bucket of Amazon S3 or a server that speaks its protocol. */
export function createS3ObjectStore(options: S3ObjectStoreOptions): ObjectStore {
  const { bucket, endpoint, credentials, maxAttempts = 3 } = options;
  const prefix = options.prefix ? `${options.prefix.replace(/^\/+|\/+$/g, '')}/` : '';
  const region = options.region ?? (endpoint ? 'us-east-1' : undefined);
  const client = new S3Client({
    ...(endpoint ? { endpoint } : {}),
    ...(region ? { region } : {}),
    ...(credentials ? { credentials } : {}),
    forcePathStyle: options.forcePathStyle ?? endpoint !== undefined,
    maxAttempts,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: connectionTimeoutMs, socketTimeout: socketTimeoutMs },
    // Every object goes with its SHA-256; the SDK's own checksums are trailers that many servers do not know.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const locate = (key: string) => ({ Bucket: bucket, Key: prefix + requireKey(key) });

  async function ask<T>(key: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw s3Error({ key, bucket }, error);
    }
  }

  /** Size and, where the server keeps one, checksum; null when the object is not there. */
  async function head(key: string): Promise<{ bytes: number; sha256Base64: string | undefined } | null> {
    const where = locate(key);
    try {
      const { ContentLength = 0, ChecksumSHA256 } = await client.send(new HeadObjectCommand({ ...where, ChecksumMode: 'ENABLED' }));
      return { bytes: ContentLength, sha256Base64: ChecksumSHA256 };
    } catch (error) {
      if (isMissing(error)) return null;
      throw s3Error({ key, bucket }, error);
    }
  }

  async function open(key: string): Promise<OpenedObject> {
    const where = locate(key);
    const { Body, ContentLength = 0 } = await ask(key, () => client.send(new GetObjectCommand(where)));
    return { bytes: ContentLength, content: verifiedStream(key, Body as Readable, (error) => s3Error({ key, bucket }, error)) };
  }

  return {
    async put(content): Promise<StoredObject> {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      const stored = describeObject(bytes);
      const sha256Base64 = Buffer.from(stored.sha256, 'hex').toString('base64');
      const found = await head(stored.key);
      // What differs was changed behind our back, and is written again.
      if (found?.bytes === stored.bytes && (found.sha256Base64 ?? sha256Base64) === sha256Base64) return stored;
      await ask(stored.key, () =>
        client.send(new PutObjectCommand({ ...locate(stored.key), Body: bytes, ContentLength: bytes.byteLength, ChecksumSHA256: sha256Base64 })),
      );
      return stored;
    },

    async get(key): Promise<Uint8Array> {
      const where = locate(key);
      // The body is read within, so that a connection that breaks in its middle is an error like any other.
      const content = await ask(key, async () => {
        const { Body } = await client.send(new GetObjectCommand(where));
        return Body!.transformToByteArray();
      });
      return requireIntact(key, content);
    },

    open,

    has: async (key) => (await head(key)) !== null,

    async delete(key): Promise<void> {
      const where = locate(key);
      await ask(key, () => client.send(new DeleteObjectCommand(where))).catch((error: unknown) => {
        if (!(error instanceof ObjectStoreError && error.code === 'not_found')) throw error;
      });
    },

    close: async () => client.destroy(),
  };
}
