import { ExtractionError } from '../extraction-error.js';

/** A member as the archive's central directory declares it. */
export interface ZipMember {
  name: string;
  /** 0 is stored, 8 is deflated. */
  method: number;
  compressedBytes: number;
  /** Declared, which need not be true. */
  inflatedBytes: number;
  headerOffset: number;
  encrypted: boolean;
  symbolicLink: boolean;
}

const endSignature = 0x06054b50;
const memberSignature = 0x02014b50;
const localSignature = 0x04034b50;
const endBytes = 22;
const memberBytes = 46;
const localBytes = 30;
const maxCommentBytes = 65_535;
const unixSystem = 3;
const fileTypeMask = 0o170000;
const symbolicLinkType = 0o120000;

export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));
}

/**
 * The members that an archive's central directory lists. Inflates nothing.
 * @throws ExtractionError `corrupt` when there is no directory that can be read, `archive_bomb` with more members than `maxEntries`
 */
export function readZipDirectory(bytes: Uint8Array, maxEntries: number): ZipMember[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  let at = view.getUint32(end + 16, true);
  // Archives over 4 GiB or 65,535 members use an extension that no document within our limits needs.
  if (count === 0xffff || size === 0xffffffff || at === 0xffffffff) throw new ExtractionError('archive_bomb', `The file is an archive of more members than ${maxEntries}, the most that are accepted.`);
  if (count > maxEntries) throw new ExtractionError('archive_bomb', `The file is an archive of ${count} members; at most ${maxEntries} are accepted.`);
  if (at + size > end) throw damaged();

  const members: ZipMember[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + memberBytes > end || view.getUint32(at, true) !== memberSignature) throw damaged();
    const nameBytes = view.getUint16(at + 28, true);
    const flags = view.getUint16(at + 8, true);
    const madeBy = view.getUint8(at + 5);
    const unixMode = view.getUint32(at + 38, true) >>> 16;
    members.push({
      name: decodeName(bytes.subarray(at + memberBytes, at + memberBytes + nameBytes)),
      method: view.getUint16(at + 10, true),
      compressedBytes: view.getUint32(at + 20, true),
      inflatedBytes: view.getUint32(at + 24, true),
      headerOffset: view.getUint32(at + 42, true),
      encrypted: (flags & 1) === 1,
      symbolicLink: madeBy === unixSystem && (unixMode & fileTypeMask) === symbolicLinkType,
    });
    at += memberBytes + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return members;
}

/** A member's bytes as they lie in the archive. */
export function compressedBytes(bytes: Uint8Array, member: ZipMember): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = member.headerOffset;
  if (at + localBytes > bytes.length || view.getUint32(at, true) !== localSignature) throw damaged();
  const start = at + localBytes + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (start + member.compressedBytes > bytes.length) throw damaged();
  return bytes.subarray(start, start + member.compressedBytes);
}

export function damaged(cause?: unknown): ExtractionError {
  return new ExtractionError('corrupt', 'The file is damaged: its parts cannot be unpacked. It may have been cut off on the way; give it again.', { cause });
}

function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - endBytes - maxCommentBytes);
  for (let at = view.byteLength - endBytes; at >= lowest; at -= 1) if (view.getUint32(at, true) === endSignature) return at;
  throw damaged();
}

function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
