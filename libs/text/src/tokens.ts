/**
 * Estimate of how many tokens a language model counts in `text`.
 *
 * One pass over the characters, so that it can run on every prompt: about 0.1 ms for 10 kB, where a real tokenizer needs
 * several milliseconds, and time that grows badly on repeated letters. Calibrated against OpenAI's `o200k_base`: within
 * 12 % for prose, and never under half of the true count, see the spec.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  let index = 0;
  while (index < text.length) {
    const kind = kindOf(text.charCodeAt(index));
    let end = index + 1;
    while (end < text.length && kindOf(text.charCodeAt(end)) === kind) end += 1;
    tokens += tokensOfRun(kind, end - index);
    index = end;
  }
  return Math.ceil(tokens);
}

const enum Kind {
  Space,
  LineBreak,
  Letter,
  AccentedLetter,
  Digit,
  Punctuation,
  OtherAlphabet,
  Ideograph,
  Symbol,
}

function kindOf(code: number): Kind {
  if (code < 0x80) {
    if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)) return Kind.Letter;
    if (code === 0x20 || code === 0x09) return Kind.Space;
    if (code === 0x0a || code === 0x0d) return Kind.LineBreak;
    return code >= 0x30 && code <= 0x39 ? Kind.Digit : Kind.Punctuation;
  }
  if (code >= 0xc0 && code <= 0x24f) return Kind.AccentedLetter;
  if (code < 0x300 || (code >= 0x2000 && code <= 0x206f)) return Kind.Punctuation;
  if (code < 0x1100) return Kind.OtherAlphabet;
  if ((code >= 0x2e80 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7af) || (code >= 0xff00 && code <= 0xffef)) return Kind.Ideograph;
  return Kind.Symbol;
}

/** Tokens of `length` characters of one kind in a row. A single space belongs to the word after it. */
function tokensOfRun(kind: Kind, length: number): number {
  switch (kind) {
    case Kind.Space:
      return length > 1 ? 1 : 0;
    case Kind.LineBreak:
      return 1;
    case Kind.Letter:
      return length <= 8 ? 1 : 1 + (length - 8) / 6;
    case Kind.AccentedLetter:
      return length * 0.5;
    case Kind.Digit:
      return Math.ceil(length / 3);
    case Kind.Punctuation:
      return length === 1 ? 0.95 : 1 + (length - 2) / 8;
    case Kind.OtherAlphabet:
      return length / 3;
    case Kind.Ideograph:
      return length * 0.7;
    case Kind.Symbol:
      return length * 0.9;
  }
}
