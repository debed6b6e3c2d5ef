export interface ForeignFormat {
  /** With its article, to stand in a sentence. */
  name: string;
  advice: string;
  encryptedOffice: boolean;
}

interface Signature {
  bytes: readonly number[];
  offset?: number;
  name: string;
  advice: string;
}

const picture = 'Pictures hold no text; give the text itself.';
const recording = 'Give a transcript or the subtitles of it.';
const archive = 'Unpack it and give the documents that are in it.';
const program = 'Give the document itself.';

const signatures: readonly Signature[] = [
  { bytes: [0x89, 0x50, 0x4e, 0x47], name: 'a PNG picture', advice: picture },
  { bytes: [0xff, 0xd8, 0xff], name: 'a JPEG picture', advice: picture },
  { bytes: [0x47, 0x49, 0x46, 0x38], name: 'a GIF picture', advice: picture },
  { bytes: [0x49, 0x49, 0x2a, 0x00], name: 'a TIFF picture', advice: picture },
  { bytes: [0x4d, 0x4d, 0x00, 0x2a], name: 'a TIFF picture', advice: picture },
  { bytes: [0x57, 0x45, 0x42, 0x50], offset: 8, name: 'a WebP picture', advice: picture },
  { bytes: [0x57, 0x41, 0x56, 0x45], offset: 8, name: 'a sound recording', advice: recording },
  { bytes: [0x66, 0x74, 0x79, 0x70], offset: 4, name: 'a film or a sound recording', advice: recording },
  { bytes: [0x49, 0x44, 0x33], name: 'a sound recording', advice: recording },
  { bytes: [0x4f, 0x67, 0x67, 0x53], name: 'a sound recording', advice: recording },
  { bytes: [0x1a, 0x45, 0xdf, 0xa3], name: 'a film', advice: recording },
  { bytes: [0x1f, 0x8b, 0x08], name: 'a gzip archive', advice: archive },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], name: 'a 7z archive', advice: archive },
  { bytes: [0x52, 0x61, 0x72, 0x21], name: 'a RAR archive', advice: archive },
  { bytes: [0x42, 0x5a, 0x68, 0x39], name: 'a bzip2 archive', advice: archive },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], name: 'an xz archive', advice: archive },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], name: 'a program', advice: program },
  { bytes: [0x4d, 0x5a, 0x90], name: 'a program', advice: program },
  { bytes: [0x42, 0x4f, 0x4f, 0x4b, 0x4d, 0x4f, 0x42, 0x49], offset: 60, name: 'a Mobipocket book', advice: 'Convert it to EPUB.' },
];

const compoundFile = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** What a file is that we do not read, by its first bytes, or null. */
export function foreignFormat(bytes: Uint8Array): ForeignFormat | null {
  if (startsWith(bytes, compoundFile, 0)) {
    // A docx with a password is not a zip but an old Office container around the encrypted one.
    const encryptedOffice = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from('EncryptedPackage', 'utf16le'));
    return { name: 'an old Office document', advice: 'Save it as Word (.docx) or PDF.', encryptedOffice };
  }
  const found = signatures.find((signature) => startsWith(bytes, signature.bytes, signature.offset ?? 0));
  return found ? { name: found.name, advice: found.advice, encryptedOffice: false } : null;
}

/** Whether `%PDF-` stands near the start; mail programs and servers put bytes in front of it. */
export function hasPdfHeader(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(1_024, bytes.byteLength));
  const at = head.indexOf('%PDF-', 0, 'latin1');
  return at === 0 || (at > 0 && /\d/.test(String.fromCharCode(head[at + 5] ?? 0)));
}

function startsWith(bytes: Uint8Array, signature: readonly number[], offset: number): boolean {
  return signature.every((byte, index) => bytes[offset + index] === byte);
}
