export interface MacroNames {
  /** Stands for `{{char}}`. */
  char: string;
  /** Whether the text is told of the character, or said by it: there the other person is "you". */
  told: 'narration' | 'speech';
}

const macro = /\{\{([^{}]{0,2000})\}\}|<(user|char|bot)>/gi;

/**
 * The text with names in the place of their macros. Comments go, a choice becomes its first; what else there is stays as it is and
 * is counted.
 * @see Character Card Specification V3, "Curly Braced Syntaxes"
 */
export function fillMacros(text: string, { char, told }: MacroNames): { text: string; unknown: number } {
  let unknown = 0;
  const other = told === 'speech' ? 'you' : 'the other person';
  // "Welcome, {{user}}." has nobody to be called by a name.
  const addressed = told === 'speech' ? text.replace(/,[ \t]{0,4}(?:\{\{user\}\}|<user>)(?=[ \t]{0,4}[.!?,;:…"”*\n]|$)/gi, '') : text;
  const filled = addressed.replace(macro, (whole, inner: string | undefined, tag: string | undefined) => {
    const [name = '', ...rest] = (inner ?? tag ?? '').trim().split(':');
    const key = name.trim().toLowerCase();
    if (key === 'char' || key === 'bot') return char;
    if (key === 'user') return other;
    if (key === 'original' || key.startsWith('//') || key === 'comment' || key === 'hidden_key') return '';
    if (key === 'random' || key === 'pick') return rest.join(':').split(',')[0]!.trim();
    unknown += 1;
    return whole;
  });
  return { text: filled, unknown };
}
