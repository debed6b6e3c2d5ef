/** Marks of the reply grammar, one line at a time. Lenient on purpose: models vary the marks, the meaning is clear. */

const itemPattern = /^\s*(?:[-*+•‣–]|\d{1,2}[.)])\s+(.*)$/;
const headingPattern = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*$/;
const speechPattern = /^\s*\*\*([^*:\n]{1,80}?)(?::\*\*|\*\*\s*:)\s*(.*)$/;
const questionLabel = /^\s*(?:\*\*)?(Q|A|Question|Answer)\s?\d{0,2}(?::\*\*|\*\*\s*:|:)\s*(.*)$/;

/** Text of a list item, or null when the line is not one. */
export function listItem(line: string): string | null {
  return itemPattern.exec(line)?.[1]?.trim() ?? null;
}

export function heading(line: string): { level: number; text: string } | null {
  const match = headingPattern.exec(line);
  return match ? { level: match[1]!.length, text: match[2]! } : null;
}

/** A whole line in bold: how some models write titles. */
export function boldLine(line: string): string | null {
  return /^\s*\*\*([^*\n]+)\*\*\s*$/.exec(line)?.[1]?.trim() ?? null;
}

/** `**Name:** text`, `**Name**: text`, or `Name: text` when the name is one of those expected. */
export function speech(line: string, expectedNames: readonly string[]): { speaker: string; text: string } | null {
  const marked = speechPattern.exec(line);
  if (marked) return { speaker: marked[1]!.trim(), text: marked[2]!.trim() };
  const colon = line.indexOf(':');
  if (colon < 1) return null;
  const name = line.slice(0, colon).trim().toLowerCase();
  const expected = expectedNames.find((candidate) => candidate.toLowerCase() === name);
  return expected ? { speaker: expected, text: line.slice(colon + 1).trim() } : null;
}

/** `**Q:** text` or `**A:** text`, also as `Q:`, `**Q1:**` or `**Question:**`. */
export function questionOrAnswer(line: string): { kind: 'question' | 'answer'; text: string } | null {
  const match = questionLabel.exec(line);
  if (!match) return null;
  return { kind: match[1]!.startsWith('Q') ? 'question' : 'answer', text: match[2]!.trim() };
}

export function isRule(line: string): boolean {
  return /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line);
}

/** The other side of a Socratic dialogue. */
export const interlocutor = 'Interlocutor';

/** Whether a speaker's label means the persona: its name, or a part of it such as the family name. */
export function isPersonaName(speaker: string, personaName: string): boolean {
  const words = (name: string): string[] => name.toLowerCase().match(/[\p{L}\p{N}'’-]+/gu) ?? [];
  const own = new Set([...words(personaName), 'mr', 'mrs', 'ms', 'miss', 'dr', 'lady', 'lord', 'sir']);
  const said = words(speaker);
  return said.length > 0 && said.every((word) => own.has(word)) && said.some((word) => words(personaName).includes(word));
}

/** Whether a text ends by asking, whatever quotes, marks or citations follow the question mark. */
export function endsWithQuestion(text: string): boolean {
  return /[?？][\s"'”’»)*_]*(?:\[\d{1,3}\][\s"'”’»)*_]*)*$/.test(text);
}
