import type { ResponseFormat } from '@dramatis/contracts/format';
import type { InteractionMode } from '@dramatis/contracts/mode';

export interface ModeWords {
  /** As in "as an educator". */
  phrase: string;
  title: string;
  /** What the persona does, in one line. */
  description: string;
}

export const modeWords: Record<InteractionMode, ModeWords> = {
  interviewer: { phrase: 'an interviewer', title: 'Interviewer', description: 'Asks you, and follows up on what you say' },
  audience: { phrase: 'an audience', title: 'Audience', description: 'Listens to you and answers briefly' },
  educator: { phrase: 'an educator', title: 'Educator', description: 'Explains step by step, with examples' },
  lecturer: { phrase: 'a lecturer', title: 'Lecturer', description: 'Develops a subject in order' },
  debater: { phrase: 'a debater', title: 'Debater', description: 'Takes a side and meets your objections' },
};

export interface FormatWords {
  /** As in "in bullet points". */
  phrase: string;
  title: string;
  /** What the reply looks like, in one line. */
  description: string;
}

export const formatWords: Record<ResponseFormat, FormatWords> = {
  bullet_points: { phrase: 'bullet points', title: 'Bullet points', description: 'A list, one thought to a line' },
  essay: { phrase: 'an essay', title: 'Essay', description: 'A title, paragraphs and sections' },
  socratic_dialogue: { phrase: 'a Socratic dialogue', title: 'Socratic dialogue', description: 'Speech and reply, ending in an open question' },
  qa: { phrase: 'questions and answers', title: 'Questions and answers', description: 'Pairs of question and answer' },
  free: { phrase: 'free conversation', title: 'Free conversation', description: 'As one speaks' },
};

/** The order in which modes and formats are offered. */
export const interactionModeOrder = Object.keys(modeWords) as InteractionMode[];
export const responseFormatOrder = Object.keys(formatWords) as ResponseFormat[];
