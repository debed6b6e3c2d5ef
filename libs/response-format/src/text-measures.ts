/** How many words the text has, marks of lists and headings left out. */
export function wordCount(text: string): number {
  return (text.match(/\S*[\p{L}\p{N}]\S*/gu) ?? []).length;
}

/** Whether the text asks anything. */
export function asksSomething(text: string): boolean {
  return /[?？]/.test(text);
}
