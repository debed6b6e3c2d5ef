import { ExtractionError } from './extraction-error.js';
import type { ExtractionLimits } from './extraction-limits.js';

export function tooMuchText({ maxCharacters }: Pick<ExtractionLimits, 'maxCharacters'>): ExtractionError {
  return new ExtractionError('too_large', `There are more than ${maxCharacters.toLocaleString('en')} characters of text in the file, the most that are accepted. Give it in several smaller files.`);
}
