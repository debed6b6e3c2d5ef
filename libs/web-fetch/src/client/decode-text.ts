/** As much of the beginning as browsers search for a declaration. */
const declarationBytes = 1_024;

/** The text of a web resource: byte order mark, then the header's charset, then what HTML or XML declares, then UTF-8. Never throws. */
export function decodeText(bytes: Uint8Array, charset: string | null = null): string {
  const label = byteOrderMark(bytes) ?? known(charset) ?? known(declaredCharset(bytes)) ?? 'utf-8';
  return new TextDecoder(label).decode(bytes);
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return null;
}

function known(label: string | null): string | null {
  if (label === null) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

function declaredCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, declarationBytes)).toString('latin1');
  const declared = /<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1] ?? /<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1];
  // A declaration that could be read byte by byte cannot be in UTF-16.
  return declared === undefined || /^utf-?16/i.test(declared) ? null : declared;
}
