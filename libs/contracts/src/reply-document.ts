/**
 * A reply, parsed: what each format is made of. Strings hold inline markdown and citation marks `[n]`.
 * The parser in `@dramatis/response-format` makes it from finished and from unfinished text alike.
 */
export interface BulletPointsReply {
  format: 'bullet_points';
  lead: string | null;
  items: string[];
  closing: string | null;
}

export interface EssayReply {
  format: 'essay';
  title: string | null;
  sections: { heading: string | null; paragraphs: string[] }[];
}

export interface SocraticDialogueReply {
  format: 'socratic_dialogue';
  /** `speaker` as written; `isPersona` tells the two sides apart. */
  lines: { speaker: string; isPersona: boolean; text: string }[];
}

export interface QaReply {
  format: 'qa';
  pairs: { question: string; answer: string }[];
  closing: string | null;
}

export interface FreeReply {
  format: 'free';
  /** Block markdown. */
  markdown: string;
}

export type ReplyDocument = BulletPointsReply | EssayReply | SocraticDialogueReply | QaReply | FreeReply;
