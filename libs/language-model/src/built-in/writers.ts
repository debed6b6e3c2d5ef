import type { ResponseFormat } from '@dramatis/contracts/format';
import type { ReplyDocument } from '@dramatis/contracts/reply-document';
import { askedQuestion, spokenLine } from './asked-line.js';
import { asTopic, questionForHeading, questionForTopic } from './heading-question.js';
import type { Statement } from './passage-reader.js';
import type { AnalysedQuestion } from './question.js';
import type { SourcePassage } from './ranking.js';
import type { Move, Script } from './script.js';
import type { Excerpt } from './selection.js';
import type { Voice } from './voice.js';

export interface WritingContext {
  personaName: string;
  question: AnalysedQuestion;
  /** Noun phrase, or null when none was found. */
  topic: string | null;
  voice: Voice;
  /** Whether a word has its capital within a sentence too. */
  isName: (word: string) => boolean;
}

/** Gives a script the shape of a format. */
export function writeReply(format: ResponseFormat, script: Script, context: WritingContext): ReplyDocument {
  switch (format) {
    case 'bullet_points':
      return writeBulletPoints(script, context);
    case 'essay':
      return writeEssay(script, context);
    case 'socratic_dialogue':
      return writeDialogue(script, context);
    case 'qa':
      return writeQa(script, context);
    case 'free':
      return writeFree(script);
  }
}

function writeBulletPoints(script: Script, { voice }: WritingContext): ReplyDocument {
  const moves = listFirst(script.moves);
  const introduction = moves[0]?.excerpts[0]?.lead;
  const items = moves.flatMap((move) =>
    itemsOf(move).map((item, index) => (index === 0 && (move.role === 'objection' || move.role === 'concession') && move.lead ? `${move.lead} ${item}`.trim() : item)),
  );
  if (items.length < 2) items.push(voice.frame('limit'));
  return {
    format: 'bullet_points',
    lead: joined([...script.opening, introduction ? cited(introduction, moves[0]!.excerpts[0]!) : null]),
    items,
    closing: joined([script.closing, script.question]),
  };
}

/** The list leads: only then can its introduction lead to the items. */
function listFirst(moves: readonly Move[]): Move[] {
  const isListMove = (move: Move) => move.excerpts.some((excerpt) => excerpt.isList);
  const ordered = [...moves.filter(isListMove), ...moves.filter((move) => !isListMove(move))];
  return ordered.map((move) => ({
    ...move,
    excerpts: [...move.excerpts.filter((excerpt) => excerpt.isList), ...move.excerpts.filter((excerpt) => !excerpt.isList)],
  }));
}

function itemsOf(move: Move): string[] {
  if (move.excerpts.length === 0) return [''];
  return move.excerpts.flatMap((excerpt, index) => {
    const introduction = excerpt.lead && index > 0 && !excerpt.lead.text.endsWith(':') ? [cited(excerpt.lead, excerpt)] : [];
    const items = excerpt.isList ? excerpt.statements.map((statement) => cited(statement, excerpt)) : [proseOf(excerpt)];
    return [...introduction, ...items];
  });
}

function writeEssay(script: Script, context: WritingContext): ReplyDocument {
  const [first, ...rest] = script.moves;
  const opening = joined(script.opening);
  const beginning = first ? moveText(first) : null;
  // With little to tell, the opening stands alone: an essay has at least a beginning, a middle and an end.
  const paragraphs = rest.length === 0 ? [opening, beginning] : [joined([opening, beginning])];
  for (const move of rest) paragraphs.push(joined([move.lead, moveText(move)]));
  paragraphs.push(joined([script.closing ?? (script.question ? null : context.voice.frame('limit')), script.question]));
  return {
    format: 'essay',
    title: titleOf(script, context),
    sections: [{ heading: null, paragraphs: paragraphs.filter((paragraph) => paragraph !== null) }],
  };
}

function titleOf(script: Script, { topic, isName }: WritingContext): string {
  if (topic) return `On ${topic}`;
  const title = script.moves[0]?.excerpts[0]?.passage.documentTitle ?? '';
  if (title === '') return 'An answer';
  return /^(?:what|how|why|where|when|who|whether|against|on|of)\b/i.test(title) ? title : `On ${asTopic(title, isName)}`;
}

function writeDialogue(script: Script, context: WritingContext): ReplyDocument {
  const { personaName, question, topic, voice } = context;
  const persona = (text: string) => ({ speaker: personaName, isPersona: true, text });
  const other = (text: string) => ({ speaker: 'Interlocutor', isPersona: false, text });
  const prompts = new Prompts(context);
  const first = spokenLine(question, topic);
  prompts.begin(first, script.moves[0]);
  const lines = [other(first)];
  script.moves.forEach((move, index) => {
    if (index > 0) lines.push(other(prompts.next(move)));
    lines.push(persona(joined([...(index === 0 ? script.opening : []), index === 0 || keepsLead(move) ? move.lead : null, moveText(move)]) ?? ''));
  });
  const asked = script.question ?? voice.question(topic);
  if (script.moves.length < 2) {
    lines.push(other(voice.choose(['Is that all that you can tell me of it?', 'And is there nothing more to say?'])));
    lines.push(persona(`${voice.frame('limit')} ${asked}`));
  } else {
    const last = lines.at(-1)!;
    lines[lines.length - 1] = persona(`${last.text} ${asked}`);
  }
  return { format: 'socratic_dialogue', lines };
}

function writeQa(script: Script, context: WritingContext): ReplyDocument {
  const prompts = new Prompts(context);
  const first = askedQuestion(context.question, context.topic);
  prompts.begin(first, script.moves[0]);
  const pairs = script.moves.map((move, index) => ({
    question: index === 0 ? first : prompts.next(move),
    answer: joined([...(index === 0 ? script.opening : []), index === 0 || keepsLead(move) ? move.lead : null, moveText(move)]) ?? '',
  }));
  if (pairs.length < 2) pairs.push({ question: 'Is there more that you can tell me of it?', answer: context.voice.frame('limit') });
  return { format: 'qa', pairs, closing: joined([script.closing, script.question]) };
}

function writeFree(script: Script): ReplyDocument {
  const blocks: string[] = [];
  script.moves.forEach((move, index) => {
    let prose: (string | null)[] = [...(index === 0 ? script.opening : []), move.lead];
    if (index === 0 && script.setsOpeningApart) {
      blocks.push(joined(prose) ?? '');
      prose = [];
    }
    for (const excerpt of move.excerpts) {
      if (!excerpt.isList) {
        prose.push(proseOf(excerpt));
        continue;
      }
      blocks.push(joined([...prose, excerpt.lead && cited(excerpt.lead, excerpt)]) ?? '');
      blocks.push(excerpt.statements.map((statement) => `- ${cited(statement, excerpt)}`).join('\n'));
      prose = [];
    }
    blocks.push(joined(prose) ?? '');
  });
  blocks.push(joined([script.closing, script.question]) ?? '');
  return { format: 'free', markdown: blocks.filter((block) => block !== '').join('\n\n') };
}

/** Questions of the other side that lead to the next move, no two alike. */
class Prompts {
  private readonly used = new Set<string>();
  private readonly headings = new Set<string>();
  private asked = 0;
  private before: SourcePassage | undefined;

  constructor(private readonly context: WritingContext) {}

  /** What leads to the first move: the user's own question. */
  begin(question: string, move: Move | undefined): void {
    this.used.add(question);
    this.before = move?.excerpts[0]?.passage;
    const heading = this.before?.headingPath.at(-1);
    if (heading) this.headings.add(heading);
  }

  next(move: Move): string {
    const passage = move.excerpts[0]?.passage;
    const isSamePassage = passage !== undefined && passage === this.before;
    this.before = passage;
    const candidates = [this.ofRole(move), isSamePassage ? null : this.ofHeading(move), ...(isSamePassage ? generic : []), this.ofTopic(), ...generic];
    const question = candidates.find((candidate) => candidate !== null && !this.used.has(candidate)) ?? generic[0]!;
    this.used.add(question);
    return question;
  }

  private ofRole(move: Move): string | null {
    const { voice } = this.context;
    if (move.role === 'objection') return voice.choose(['But what is to be said on the other side?', 'What would an opponent say to that?', 'And what is said against it?']);
    if (move.role === 'concession') return voice.choose(['But do you make no reservation?', 'But is it quite so certain?', 'But is there nothing that you would admit against it?']);
    if (move.role === 'example') return voice.choose(['Can you give me an example?', 'Will you show me that by an example?']);
    return null;
  }

  private ofHeading(move: Move): string | null {
    const passage = move.excerpts[0]?.passage;
    if (!passage) return null;
    for (const heading of [passage.headingPath.at(-1), passage.documentTitle]) {
      if (!heading || this.headings.has(heading)) continue;
      this.headings.add(heading);
      const question = questionForHeading(heading, this.asked++, this.context.isName);
      if (question) return question;
    }
    return null;
  }

  private ofTopic(): string | null {
    const { topic } = this.context;
    return topic ? questionForTopic(topic, 1) : null;
  }
}

const generic = [
  'What more should I know?',
  'Is there more that belongs to it?',
  'What else can you tell me?',
  'And is that the whole of it?',
  'What would you add to that?',
  'Will you go on?',
  'And what then?',
  'What else?',
];

/** Whether the lead stays although a question leads to the move: the question says "what is said against it?" itself. */
function keepsLead(move: Move): boolean {
  return move.keepsLead && (move.role === 'answer' || move.excerpts.length === 0);
}

function moveText(move: Move): string {
  return move.excerpts.map(proseOf).join(' ');
}

function proseOf(excerpt: Excerpt): string {
  return [...(excerpt.lead ? [excerpt.lead] : []), ...excerpt.statements].map((statement) => cited(statement, excerpt)).join(' ');
}

/** The statement with its citation; an introduction that ends with a colon is cited by what it introduces. */
function cited(statement: Statement, excerpt: Excerpt): string {
  return statement.text.endsWith(':') ? statement.text : `${statement.text} [${excerpt.passage.number}]`;
}

function joined(parts: readonly (string | null | undefined)[]): string | null {
  return parts.filter((part) => part).join(' ') || null;
}
