import type { Translate } from '../../../../i18n/language';
import { issueWords as sentenceWords } from '../../../core/problem';
import type { FieldIssue } from './profile-fields';

/** What is wrong with a field, as a sentence; in a list of lines, with the number of the line. */
export function issueWords(t: Translate, issue: FieldIssue): string {
  const { path } = issue;
  const problem = problemWords(t, issue);
  const line = /^exampleResponses/.test(path) ? undefined : /^\w+(?:\/[a-z]\w*)?\/(\d+)/.exec(path)?.[1];
  return line === undefined ? problem : t('personaEditor.inLine', { line: Number(line) + 1, problem });
}

function problemWords(t: Translate, { path, kind, limit, sentence }: FieldIssue): string {
  switch (kind) {
    case 'missing':
      return /Modes|Formats/.test(path) ? t('personaEditor.chooseOne') : t('personaEditor.empty');
    case 'tooLong':
      return t('personaEditor.tooLong', { limit: limit ?? 0 });
    case 'tooMany':
      return t('personaEditor.tooMany', { limit: limit ?? 0 });
    case 'other':
      return t('personaEditor.other', { problem: sentenceWords(t, sentence) });
  }
}
