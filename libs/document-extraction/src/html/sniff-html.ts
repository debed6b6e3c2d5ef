const sniffedBytes = 2_048;
const commonTags = /<(?:p|div|h[1-6]|ul|ol|table|article|section|main|span|br|a|b|i|em|strong|blockquote|title|meta|body|pre)(?:\s[^<>]{0,300})?\/?>/gi;

/** Whether text is a piece of HTML: it begins with a tag, or has several that people know. Takes the start of the text. */
export function looksLikeHtml(start: string): boolean {
  if (/^<(?:!doctype\s+html|html|head|body)[\s>]/i.test(start)) return true;
  const tags = start.match(commonTags)?.length ?? 0;
  return tags >= 4 || (tags >= 1 && /^<[a-z!]/i.test(start));
}

/** The charset that a page names in its first bytes, which are ASCII up to there in every encoding that pages use. */
export function declaredHtmlCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(sniffedBytes, bytes.byteLength)).toString('latin1');
  return /<meta\s[^<>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/i.exec(head)?.[1] ?? /^<\?xml[^<>]{0,100}?encoding=["']([\w.:-]{1,40})/i.exec(head)?.[1] ?? null;
}
