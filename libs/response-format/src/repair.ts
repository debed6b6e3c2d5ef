import type { ResponseFormat } from '@dramatis/contracts/format';
import type {
  BulletPointsReply,
  EssayReply,
  QaReply,
  ReplyDocument,
  SocraticDialogueReply,
} from '@dramatis/contracts/reply-document';
import { verdictSentence } from '@dramatis/contracts/verdict-texts';
import type { Wording } from '@dramatis/contracts/wording';
import { separateCitations } from './citations.js';
import type { FormatContext } from './format-rules.js';
import { endsWithQuestion, interlocutor, listItem } from './grammar.js';
import { parseReply } from './parser.js';
import { renderReply } from './render-reply.js';

export interface RepairedReply {
  text: string;
  /** What was mended, in plain words; empty when the text is as it was. */
  repairs: string[];
  /** The same for other languages, one for each. */
  repairWordings: Wording[];
}

type Repair = ReturnType<typeof verdictSentence>;

/** Rounds after which a text counts as mended: one mend can uncover marks of another kind, which the next round mends. */
const maxRounds = 8;

/** Mends what needs no model: marks, labels, order. Never invents content. Repairing twice changes nothing more. */
export function repairFormat(format: ResponseFormat, text: string, context: FormatContext): RepairedReply {
  const repairs = new Map<string, Wording>();
  let mended = text;
  for (let round = 0; round < maxRounds; round++) {
    const once = repairOnce(format, mended, context);
    if (once.repairs.length === 0) break;
    mended = once.text;
    for (const { message, wording } of once.repairs) repairs.set(message, wording);
  }
  return { text: mended, repairs: [...repairs.keys()], repairWordings: [...repairs.values()] };
}

function repairOnce(format: ResponseFormat, text: string, context: FormatContext): { text: string; repairs: Repair[] } {
  const repairs: Repair[] = [];
  const unfenced = withoutFence(text);
  if (unfenced !== text) repairs.push(verdictSentence('repair.fence'));
  const separated = separateCitations(unfenced);
  if (separated !== unfenced) repairs.push(verdictSentence('repair.citations'));
  if (format === 'free') return repairs.length > 0 ? { text: separated.trim(), repairs } : { text, repairs };

  const document = parseReply(format, separated, context.personaName, { finished: true });
  const mended = mend(document, repairs);
  const canonical = renderReply(mended, context.personaName);
  const isSame = withoutSpace(canonical) === withoutSpace(separated);
  if (isSame && repairs.length === 0) return { text, repairs };
  if (!isSame && repairs.length === 0) repairs.push(verdictSentence('repair.marks'));
  return { text: canonical, repairs };
}

function mend(document: ReplyDocument, repairs: Repair[]): ReplyDocument {
  switch (document.format) {
    case 'bullet_points':
      return mendBulletPoints(document, repairs);
    case 'essay':
      return mendEssay(document, repairs);
    case 'socratic_dialogue':
      return mendDialogue(document, repairs);
    case 'qa':
      return mendQa(document, repairs);
    case 'free':
      return document;
  }
}

function mendBulletPoints(document: BulletPointsReply, repairs: Repair[]): BulletPointsReply {
  const paragraphs = document.lead?.split('\n\n') ?? [];
  if (document.items.length > 0 || paragraphs.length < 2) return document;
  repairs.push(verdictSentence('repair.items'));
  return { ...document, lead: null, items: paragraphs };
}

function mendEssay(document: EssayReply, repairs: Repair[]): EssayReply {
  let hadList = false;
  const sections = document.sections
    .filter(({ heading, paragraphs }) => heading === null || paragraphs.length > 0)
    .map((section) => ({
      ...section,
      paragraphs: section.paragraphs.map((paragraph) => {
        const lines = paragraph.split('\n');
        if (!lines.some((line) => listItem(line) !== null)) return paragraph;
        hadList = true;
        return lines.map((line) => listItem(line) ?? line).join(' ');
      }),
    }));
  if (hadList) repairs.push(verdictSentence('repair.prose'));
  if (sections.length < document.sections.length) repairs.push(verdictSentence('repair.empty_heading'));
  return { ...document, sections };
}

function mendDialogue(document: SocraticDialogueReply, repairs: Repair[]): SocraticDialogueReply {
  const others = new Set(document.lines.filter((line) => !line.isPersona).map((line) => line.speaker));
  const [other] = others;
  let lines = document.lines;
  if (others.size === 1 && other !== interlocutor) {
    repairs.push(verdictSentence('repair.interlocutor', { speaker: other! }));
    lines = lines.map((line) => (line.isPersona ? line : { ...line, speaker: interlocutor }));
  }
  const joined: typeof lines = [];
  for (const line of lines) {
    const before = joined.at(-1);
    if (before?.speaker === line.speaker) joined[joined.length - 1] = { ...before, text: `${before.text}\n\n${line.text}` };
    else joined.push(line);
  }
  if (joined.length < lines.length) repairs.push(verdictSentence('repair.joined_speeches'));
  const beforeLast = joined.at(-2);
  if (joined.length > 3 && !joined.at(-1)!.isPersona && beforeLast?.isPersona && endsWithQuestion(beforeLast.text)) {
    joined.pop();
    repairs.push(verdictSentence('repair.last_speech'));
  }
  return { ...document, lines: joined };
}

function mendQa(document: QaReply, repairs: Repair[]): QaReply {
  let pairs = document.pairs;
  if (pairs.length > 1 && pairs[0]!.question === '') {
    repairs.push(verdictSentence('repair.before_first_question'));
    pairs = pairs.slice(1);
  }
  if (pairs.length > 2 && pairs.at(-1)!.answer === '') {
    repairs.push(verdictSentence('repair.unanswered_question'));
    pairs = pairs.slice(0, -1);
  }
  const asked = pairs.map((pair) =>
    pair.question === '' || endsWithQuestion(pair.question)
      ? pair
      : { ...pair, question: `${pair.question.replace(/[.!…:;,\s]+$/, '')}?` },
  );
  if (asked.some((pair, index) => pair !== pairs[index])) repairs.push(verdictSentence('repair.question_mark'));
  return { ...document, pairs: asked };
}

function withoutFence(text: string): string {
  return /^\s*```[a-z]*[ \t]*\n([\s\S]*?)\n?```\s*$/i.exec(text)?.[1] ?? text;
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
