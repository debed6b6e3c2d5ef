/**
 * What somebody wrote of the persona, who may be a stranger whose card was imported, as a part of the prompt: it begins no section of
 * it, and opens and closes none of the elements that data stands in.
 */
export function authoredText(text: string): string {
  return text.replace(/^[ \t]*#+[ \t]*/gm, '').replace(/<(?=[ \t]*\/?[ \t]*(?:message|passage|part|shape)-)/gi, '‹');
}
