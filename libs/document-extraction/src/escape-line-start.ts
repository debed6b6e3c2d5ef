/** Text that stands at the start of a line, written so that Markdown takes it for text: not for a heading, a list, a quote or a rule. */
export function escapeLineStart(text: string): string {
  return text.replace(/^(\s{0,3})(#{1,6}(?=\s|$)|[-+*](?=\s)|>|={3,}|-{3,}|`{3,}|~{3,})/, '$1\\$2').replace(/^(\s{0,3}\d{1,9})([.)])(?=\s)/, '$1\\$2');
}
