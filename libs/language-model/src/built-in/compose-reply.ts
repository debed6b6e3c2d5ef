import { grammarOf, schemaOf } from '@dramatis/contracts/format-choice';
import type { ReplyDocument } from '@dramatis/contracts/reply-document';
import { renderReply } from '@dramatis/response-format/render-reply';
import { withoutCitations } from '@dramatis/response-format/citations';
import type { Grounding } from '../port.js';
import { fillSchema } from './fill-schema.js';
import { adjustmentsOf, fitDocument } from './fit-document.js';
import { nearestMode } from './nearest-mode.js';
import type { PassageReader } from './passage-cache.js';
import { analyseQuestion } from './question.js';
import { rankStatements, type SourcePassage } from './ranking.js';
import { limitsFor, writeScript } from './script.js';
import { Chooser } from './seed.js';
import { candidateExcerpts } from './selection.js';
import { nameIn, topicOf } from './topic.js';
import { writeUnknownReply } from './unknown-reply.js';
import { Voice } from './voice.js';
import { writeReply } from './writers.js';

/** Share of the question that one place in the passages must hold before the persona claims to know about it. */
const knownCoverage = 0.52;
/** Less when the message asks nothing: then it is enough to have something to add. */
const relatedCoverage = 0.4;

export interface ReplyOptions {
  /** 0-1; less quotes less. Default 1. */
  scale?: number;
}

/**
 * A whole reply, composed from sentences of the passages in the persona's voice: it answers the question, keeps to mode
 * and format, and cites. The same grounding gives the same reply. Of a custom mode or format it keeps what it can without reading its
 * instructions: base, rules, schema.
 */
export function composeReply(grounding: Grounding, read: PassageReader, options: ReplyOptions = {}): string {
  const { persona, history } = grounding;
  const mode = nearestMode(grounding.mode);
  const schema = schemaOf(grounding.format);
  // Of a list's items the values of a schema can be made one by one.
  const format = schema ? 'bullet_points' : grammarOf(grounding.format);
  const question = analyseQuestion(grounding.question, history, persona.name);
  const passages: SourcePassage[] = grounding.passages.map(({ number, documentTitle, headingPath, text }) => ({
    number,
    documentTitle,
    headingPath,
    read: read(text, headingPath),
  }));
  const earlierReplies = history.map((turn) => withoutCitations(turn.replyText));
  const chooser = new Chooser(`${persona.personaId}\u0000${history.length}\u0000${grounding.question}`);
  const voice = new Voice(persona, chooser, earlierReplies.slice(-3));

  const limits = limitsFor(mode, format, question, options.scale ?? 1);
  const ranking = rankStatements(question, passages);
  const isKnown = !question.isSmallTalk && ranking.coverage >= (question.isAsking ? knownCoverage : relatedCoverage);
  const candidates = isKnown
    ? candidateExcerpts(ranking, question, (statement) => earlierReplies.some((reply) => reply.includes(statement.text)), limits)
    : [];
  const topic = candidates.length > 0 ? topicOf(question, passages) : null;
  const written = (document: ReplyDocument): string => {
    if (schema) return JSON.stringify(fillSchema(schema, document, topic ? `On ${topic}` : 'An answer'));
    const adjustments = adjustmentsOf(grounding.mode, grounding.format);
    return renderReply(adjustments ? fitDocument(document, adjustments, () => voice.question(topic)) : document, persona.name);
  };
  if (candidates.length === 0) return written(writeUnknownReply(format, mode, persona, question, voice));

  const script = writeScript(mode, question, candidates, limits, voice, topic);
  const context = { personaName: persona.name, question, topic, voice, isName: nameIn(passages) };
  return written(writeReply(format, script, context));
}
