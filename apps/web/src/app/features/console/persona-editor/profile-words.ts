import type { Translate } from '../../../../i18n/language';
import type { FieldIssue } from './profile-fields';

/** What is wrong with a field, as a sentence; in a list of lines, with the number of the line. */
export function issueWords(t: Translate, { path, kind, limit, message }: FieldIssue): string {
  const problem = problemWords(t, { path, kind, limit, message });
  const line = /^exampleResponses/.test(path) ? undefined : /^\w+(?:\/[a-z]\w*)?\/(\d+)/.exec(path)?.[1];
  return line === undefined ? problem : t('personaEditor.inLine', { line: Number(line) + 1, problem });
}

function problemWords(t: Translate, { path, kind, limit, message }: FieldIssue): string {
  switch (kind) {
    case 'missing':
      return /Modes|Formats/.test(path) ? t('personaEditor.chooseOne') : t('personaEditor.empty');
    case 'tooLong':
      return t('personaEditor.tooLong', { limit: limit ?? 0 });
    case 'tooMany':
      return t('personaEditor.tooMany', { limit: limit ?? 0 });
    case 'other':
      return message;
  }
}
