/**
 * Whether the whole text matches a glob: `*` stands for any characters but `/`, `**` for any characters, `?` for itself. Time grows with
 * the product of both lengths at worst, whatever the pattern.
 */
export function matchesGlob(glob: string, text: string): boolean {
  const tokens = glob.match(/\*\*+|\*|[^*]+/g) ?? [];
  // reached[i]: whether the tokens so far can match the first i characters.
  let reached = new Uint8Array(text.length + 1);
  reached[0] = 1;
  for (const token of tokens) {
    const next = new Uint8Array(text.length + 1);
    let any = false;
    if (token.startsWith('*')) {
      const crosses = token.length > 1;
      let carried = 0;
      for (let i = 0; i <= text.length; i += 1) {
        if (i > 0 && !crosses && text[i - 1] === '/') carried = 0;
        carried |= reached[i]!;
        next[i] = carried;
      }
      any = true;
    } else {
      for (let i = 0; i <= text.length; i += 1) {
        if (reached[i] && text.startsWith(token, i)) {
          next[i + token.length] = 1;
          any = true;
        }
      }
    }
    if (!any) return false;
    reached = next;
  }
  return reached[text.length] === 1;
}
