import { randomUUID } from 'node:crypto';
import { extname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type DocumentFormat, type DocumentFormatDescription, documentFormats } from '@dramatis/contracts/document-formats';
import { DomainError } from '@dramatis/contracts/errors';
import { maxUploadBytes, maxUploadFiles, type UploadResult, type UploadResults } from '@dramatis/contracts/source';
import { UploadRepository } from '@dramatis/database/knowledge/upload-repository';
import type { ObjectStore } from '@dramatis/object-store/port';
import { Inject, Injectable } from '@nestjs/common';
import busboy, { type FileInfo } from 'busboy';
import type { Request } from 'express';
import { OBJECT_STORE } from '../infrastructure/tokens.js';

const formats = Object.entries(documentFormats) as [DocumentFormat, DocumentFormatDescription][];

/** Files on their way into a source. One is held in memory at a time; the next is read when it is stored. */
@Injectable()
export class UploadsService {
  constructor(
    private readonly uploads: UploadRepository,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
  ) {}

  /** Reads the files of a multipart request. @throws DomainError unsupported_media_type, invalid_request */
  async take(request: Request): Promise<UploadResults> {
    const results: Promise<UploadResult>[] = [];
    const parser = parserOf(request);
    let former: Promise<unknown> = Promise.resolve();
    parser.on('file', (_field, stream, info) => {
      const result = this.takeFile(former, stream, info, results.length >= maxUploadFiles);
      former = result.catch(() => undefined);
      results.push(result);
    });
    try {
      await pipeline(request, parser);
    } catch (cause) {
      await Promise.allSettled(results);
      throw new DomainError('invalid_request.upload_broken_off', {}, { cause });
    }
    return { items: await Promise.all(results) };
  }

  private async takeFile(former: Promise<unknown>, stream: Readable & { truncated?: boolean }, info: FileInfo, isOneTooMany: boolean): Promise<UploadResult> {
    const fileName = nameOf(info.filename);
    const refuse = (code: Extract<UploadResult, { ok: false }>['code'], reason: string): UploadResult => {
      stream.resume();
      return { ok: false, fileName, code, reason };
    };
    stream.on('error', () => undefined);
    await former;
    if (isOneTooMany) return refuse('too_many_files', `One upload takes ${maxUploadFiles} files; send this one with the next.`);
    const format = formatOf(fileName, info.mimeType);
    if (format === null) return refuse('unsupported_format', `Files of this kind are not read. Those that are: ${formats.map(([, { label }]) => label).join(', ')}.`);
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of stream) chunks.push(chunk as Buffer);
    } catch {
      return refuse('interrupted', 'The file ended before its end; send it again.');
    }
    if (stream.truncated) return refuse('too_large', `The file is larger than ${maxUploadBytes / 1024 / 1024} MB; split it.`);
    const content = Buffer.concat(chunks);
    if (content.length === 0) return refuse('empty', 'The file is empty.');
    const { key, sha256, bytes } = await this.objects.put(content);
    const uploadId = randomUUID();
    const { mediaTypes } = documentFormats[format];
    const contentType = mediaTypes[0];
    await this.uploads.create({ _id: uploadId, fileName, format, contentType, objectKey: key, sha256, bytes, createdAt: new Date() });
    return { ok: true, fileName, uploadId, format, contentType, bytes, sha256 };
  }
}

function parserOf(request: Request): busboy.Busboy {
  try {
    // One byte more than is accepted shows that there was more.
    return busboy({ headers: request.headers, defParamCharset: 'utf8', limits: { fileSize: maxUploadBytes + 1, files: maxUploadFiles * 2, fields: 20, fieldSize: 10_000 } });
  } catch (cause) {
    throw new DomainError('unsupported_media_type.files', {}, { cause });
  }
}

/** The last part of a path, as some browsers send one, without what no file name has. */
function nameOf(name: string | undefined): string {
  const last = (name ?? '').split(/[\\/]/).at(-1)!.replace(/\p{Cc}/gu, '').trim();
  return last === '' ? 'unnamed' : last.slice(-200);
}

/** What the file is by its name or, where that says nothing, by its media type; its content is looked at when it is read. */
function formatOf(fileName: string, mediaType: string): DocumentFormat | null {
  const extension = extname(fileName).toLowerCase();
  const byName = formats.find(([, { extensions }]) => extensions.includes(extension));
  if (byName) return byName[0];
  const byType = extension === '' ? formats.find(([, { mediaTypes }]) => mediaTypes.includes(mediaType.toLowerCase())) : undefined;
  return byType?.[0] ?? null;
}
