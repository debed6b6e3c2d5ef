import type { FormatRules } from './custom-rules.js';
import type { ResponseFormat } from './format.js';

/** Which rules each grammar knows; a custom format that is based on it may set these. */
export const rulesOfBase: Record<ResponseFormat, readonly (keyof FormatRules)[]> = {
  bullet_points: ['minItems', 'maxItems', 'maxItemWords', 'question', 'minWords', 'maxWords'],
  essay: ['minParagraphs', 'maxParagraphs', 'headings', 'question', 'minWords', 'maxWords'],
  socratic_dialogue: ['minItems', 'maxItems', 'maxItemWords', 'minWords', 'maxWords'],
  qa: ['minItems', 'maxItems', 'maxItemWords', 'minWords', 'maxWords'],
  free: ['title', 'minParagraphs', 'maxParagraphs', 'headings', 'question', 'minWords', 'maxWords'],
};
